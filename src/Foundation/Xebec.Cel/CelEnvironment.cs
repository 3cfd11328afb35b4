using Xebec.Cel.Checking;
using Xebec.Cel.Evaluation;
using Xebec.Cel.Functions;
using Xebec.Cel.Syntax;

namespace Xebec.Cel;

/// <summary>
/// What expressions may name: variables, types to construct, and the functions of a Kubernetes version. Immutable and safe to share.
/// </summary>
public sealed class CelEnvironment
{
    /// <summary>The minor version whose functions stored expressions may use.</summary>
    public const int StoredExpressions = 36;

    /// <summary>The minor version whose functions new expressions may use: one behind, so that a downgrade still reads them.</summary>
    public const int NewExpressions = 35;

    private readonly IReadOnlyList<CelVariable> _variables;
    private readonly int _minorVersion;
    private readonly bool _hasMutationTypes;
    private readonly bool _hasBindings;

    /// <summary>An environment of variables and the functions of Kubernetes 1.<paramref name="minorVersion"/>.</summary>
    public CelEnvironment(IReadOnlyList<CelVariable> variables, int minorVersion = StoredExpressions)
        : this(variables, minorVersion, false, false)
    {
    }

    private CelEnvironment(IReadOnlyList<CelVariable> variables, int minorVersion, bool hasMutationTypes, bool hasBindings)
    {
        _variables = variables;
        _minorVersion = minorVersion;
        _hasMutationTypes = hasMutationTypes;
        _hasBindings = hasBindings;
    }

    /// <summary>The same with more variables; one of the same name replaces.</summary>
    public CelEnvironment WithVariables(params IReadOnlyList<CelVariable> variables) => new(
        [.. _variables.Where(v => variables.All(added => added.Name != v.Name)), .. variables], _minorVersion, _hasMutationTypes, _hasBindings);

    /// <summary>The same without some variables.</summary>
    public CelEnvironment Without(params IReadOnlyList<string> names) =>
        new([.. _variables.Where(v => !names.Contains(v.Name))], _minorVersion, _hasMutationTypes, _hasBindings);

    /// <summary>The same in which <c>Object{…}</c>, <c>Object.spec{…}</c> and <c>JSONPatch{…}</c> can be constructed.</summary>
    public CelEnvironment WithMutationTypes() => new(_variables, _minorVersion, true, _hasBindings);

    /// <summary>The same with <c>cel.bind(name, value, expression)</c>, which upstream has in device selectors only.</summary>
    public CelEnvironment WithBindings() => new(_variables, _minorVersion, _hasMutationTypes, true);

    /// <summary>Parses and checks an expression.</summary>
    /// <exception cref="CelCompileException">It does not parse or check.</exception>
    public CelProgram Compile(string expression)
    {
        var source = new SourceText(expression);
        var expr = Parser.Parse(source, _hasBindings);
        IObjectTypes objects = _hasMutationTypes ? MutationObjectTypes.Instance : DeclaredObjectTypes.Instance;
        Checker.Check(source, expr, KubernetesFunctions.For(_minorVersion, _hasMutationTypes), objects, _variables);
        var builder = new NodeBuilder();
        return new CelProgram(expression, expr, builder.Build(expr), builder.LocalCount, _variables);
    }
}
