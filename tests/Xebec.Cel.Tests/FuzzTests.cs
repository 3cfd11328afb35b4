using System.Text;
using Xebec.ApiMachinery.Values;

namespace Xebec.Cel.Tests;

/// <summary>Whatever is thrown at it, the engine answers with a value or with one of its two exceptions.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private static readonly string[] Pieces =
    [
        "self", ".", "a", "b", "(", ")", "[", "]", "{", "}", ",", ":", "?", "1", "0", "2u", "1.5", "'x'", "b'y'", "true", "null", " + ", " - ",
        " * ", " / ", " % ", " == ", " != ", " < ", " && ", " || ", " in ", "!", "-", ".all(x, ", ".exists(x, ", ".map(x, ", ".filter(x, ", "x",
        "has(", "size(", "dyn(", "type(", "int(", "string(", ".size()", ".?a", "[?0]", "optional.of(", ".orValue(", ".matches('", ".split(",
        ".format([", "timestamp('2024-01-01T00:00:00Z')", "duration('1s')", "quantity('1')", "Object{", "cel.bind(y, ", "y", ".sum()", "\\", "'",
        "\"", "\n", "\u00fc", "\ud83d", "//", "9223372036854775807", "ip('::1')", ".transformMap(k, v, ", "\0",
    ];

    [Fact]
    public void Random_pieces_never_break_it()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < 6_000; i++)
            Try(Concat(random));
    }

    [Fact]
    public void Changed_expressions_never_break_it()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string[] right =
        [
            "self.a.all(x, x > 0 && has(self.b)) ? [1, 2].map(x, x * 2).sum() : size('abc')",
            "{'a': optional.of(1), 'b': optional.none()}.?a.orValue(optional.of(2)).value()",
            "'%s %d %.2f'.format([dyn('a'), 1, 2.0]).matches('^[a-z]+(\\\\s|[[:digit:]])*?.{1,3}$')",
            "cel.bind(l, self.a + [1], l.exists_one(x, x in {1: 2, 3: 4}) || l[0] % 3 == -1)",
        ];
        for (var i = 0; i < 6_000; i++)
            Try(Change(right[random.Next(right.Length)], random));
    }

    [Theory]
    [InlineData('(')]
    [InlineData('[')]
    [InlineData('{')]
    [InlineData('!')]
    [InlineData('-')]
    [InlineData('.')]
    public void Long_runs_of_a_mark_do_not_exhaust_the_stack(char mark) => Try(new string(mark, 99_000));

    [Theory]
    [InlineData("[1].map(x, ", ")")]
    [InlineData("dyn(", ")")]
    [InlineData("true ? 1 : ", "")]
    [InlineData("optional.of(1).optMap(x, ", ")")]
    public void Deep_nesting_does_not_exhaust_the_stack(string open, string close) =>
        Try(string.Concat(Enumerable.Repeat(open, 240)) + "1" + string.Concat(Enumerable.Repeat(close, 240)));

    private static string Concat(Random random)
    {
        var text = new StringBuilder();
        for (var count = random.Next(1, 25); count > 0; count--)
            text.Append(Pieces[random.Next(Pieces.Length)]);
        return text.ToString();
    }

    private static string Change(string expression, Random random)
    {
        var text = new StringBuilder(expression);
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var at = random.Next(text.Length);
            if (random.Next(3) == 0)
                text.Insert(at, Pieces[random.Next(Pieces.Length)]);
            else if (random.Next(2) == 0)
                text.Remove(at, Math.Min(random.Next(1, 4), text.Length - at));
            else
                text[at] = (char)random.Next(32, 127);
        }

        return text.ToString();
    }

    private static void Try(string expression)
    {
        try
        {
            var environment = new CelEnvironment([new("self", CelType.Dyn)]).WithBindings().WithMutationTypes();
            var program = environment.Compile(expression);
            program.EstimateCost();
            program.Evaluate(new CelActivation().Set("self", Value.Parse("""{"a":[1,2,0],"b":{"c":"d"}}""")), new CelBudget());
        }
        catch (CelCompileException refused)
        {
            Assert.NotEmpty(refused.Issues);
        }
        catch (CelEvaluationException failed)
        {
            Assert.NotEmpty(failed.Message);
        }
        catch (Exception broken)
        {
            Assert.Fail($"{expression}\n{broken}");
        }
    }
}
