using Xebec.ApiMachinery.Values;

namespace Xebec.Cel.Tests.Costs;

/// <summary>What evaluations are charged, as cel-go's cost tracker counts (with Kubernetes' constant folding and free presence tests).</summary>
public sealed class RuntimeCostTests
{
    private static readonly CelType NestedMap = CelType.Map(CelType.String, CelType.Map(CelType.String, CelType.Int));
    private static readonly string Random500 = "\"" + new string('x', 500) + "\"";

    private static long CostOf(string expression, params (string Name, CelType Type, string Json)[] variables)
    {
        var environment = new CelEnvironment([.. variables.Select(v => new CelVariable(v.Name, v.Type))]);
        var activation = new CelActivation();
        foreach (var (name, _, json) in variables)
            activation.Set(name, Value.Parse(json));
        var budget = new CelBudget();
        environment.Compile(expression).Evaluate(activation, budget);
        return budget.LastCost;
    }

    [Theory]
    [InlineData("'Hello World!'", 0)]
    [InlineData("[1, 2, 3]", 0)]
    [InlineData("[1, 2, 3].all(x, true)", 10)]
    [InlineData("'123'.matches('[0-9]')", 2)]
    [InlineData("false || false", 0)]
    [InlineData("1 < 2", 1)]
    [InlineData("1 == 2", 1)]
    [InlineData("2 in [1, 2, 3]", 0)]
    [InlineData("1 + 1", 1)]
    [InlineData("true ? 1 : 2", 0)]
    [InlineData("true ? false : 1 > 3", 0)]
    [InlineData("false ? false : 1 > 3", 1)]
    [InlineData("size('123')", 1)]
    [InlineData("'12345678901234567890' == '123456789012345678901234567890'", 2)]
    [InlineData("string(1)", 0)]
    [InlineData("(1 > 2 ? 5 : 3) > 1", 2)]
    [InlineData("(1 > 2 || 2 > 1) == true", 3)]
    [InlineData("[1 + 1].all(x, true)", 15)]
    [InlineData("quantity('10k').isGreaterThan(quantity('5k'))", 3)]
    public void Constants_are_free_and_calls_are_not(string expression, long expected) => Assert.Equal(expected, CostOf(expression));

    [Theory]
    [InlineData("input", 1)]
    [InlineData("input['key']", 2)]
    [InlineData("input.key", 2)]
    [InlineData("input['ke' + 'y']", 3)]
    [InlineData("input.all(k, input[k].size() >= 3)", 9)]
    [InlineData("has(input.key)", 1)]
    [InlineData("has(input.key.inner)", 2)]
    public void Reading_costs_one_a_step(string expression, long expected) =>
        Assert.Equal(expected, CostOf(expression, ("input", NestedMap, "{\"key\":{}}")));

    [Fact]
    public void Text_costs_what_it_is_long()
    {
        Assert.Equal(103, CostOf("input.matches('[0-9]')", ("input", CelType.String, Random500)));
        Assert.Equal(51, CostOf("bytes(input)", ("input", CelType.String, Random500)));
        Assert.Equal(2502, CostOf("input.contains(arg1)", ("input", CelType.String, Random500), ("arg1", CelType.String, Random500)));
        Assert.Equal(3, CostOf("input.startsWith(arg1)", ("input", CelType.String, "\"idc\""), ("arg1", CelType.String, Random500)));
        Assert.Equal(6, CostOf("'abcdefg'.contains(a + b)", ("a", CelType.String, "\"val1\""), ("b", CelType.String, "\"val2222222\"")));
    }

    [Fact]
    public void A_branch_that_is_a_variable_is_read_for_nothing()
    {
        var list = CelType.List(CelType.Int);
        Assert.Equal(6, CostOf("(x > 2 ? a : b).all(y, true)", ("x", CelType.Int, "1"), ("a", list, "[1]"), ("b", list, "[1]")));
        Assert.Equal(4, CostOf("(a + b).all(y, true)", ("a", list, "[]"), ("b", list, "[]")));
    }

    [Fact]
    public void A_call_that_costs_too_much_is_stopped()
    {
        var list = CelType.List(CelType.Int);
        var program = new CelEnvironment([new("l", list)]).Compile("l.all(a, l.all(b, l.all(c, true)))");
        var activation = new CelActivation().Set("l", new ListValue(Enumerable.Range(0, 100).Select(i => (Value)(long)i)));
        var stopped = Assert.Throws<CelEvaluationException>(() => program.Evaluate(activation, new CelBudget()));
        Assert.Equal("operation cancelled: actual cost limit exceeded", stopped.Message);
        Assert.Equal(CelFailure.CallCostExceeded, stopped.Failure);
    }

    [Fact]
    public void A_budget_is_shared_by_evaluations()
    {
        var program = new CelEnvironment([]).Compile("1 + 1 == 2");
        var budget = new CelBudget(5);
        program.Evaluate(new CelActivation(), budget);
        program.Evaluate(new CelActivation(), budget);
        Assert.Equal(1, budget.Remaining);
        var stopped = Assert.Throws<CelEvaluationException>(() => program.Evaluate(new CelActivation(), budget));
        Assert.Equal(CelFailure.BudgetExceeded, stopped.Failure);
    }
}
