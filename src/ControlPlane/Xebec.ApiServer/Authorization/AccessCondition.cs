using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Configuration;
using Xebec.Cel;

namespace Xebec.ApiServer.Authorization;

/// <summary>A CEL expression over <c>request</c>, the spec of a SubjectAccessReview, that says whether a webhook is asked. Immutable.</summary>
internal sealed class AccessCondition
{
    private static readonly CelEnvironment Environment = new([new CelVariable("request", CelType.Dyn)]);
    private readonly CelProgram _program;

    private AccessCondition(CelProgram program) => _program = program;

    /// <exception cref="ConfigurationException">It does not compile.</exception>
    public static AccessCondition Compile(string path, string at, string expression)
    {
        try
        {
            return new AccessCondition(Environment.Compile(expression));
        }
        catch (CelCompileException e)
        {
            throw new ConfigurationException(path, $"{at}.expression: compilation failed: {e.Message}", e);
        }
    }

    /// <summary>Whether it holds; null when it can't be told.</summary>
    public bool? Holds(ObjectValue spec)
    {
        try
        {
            return _program.Evaluate(new CelActivation().Set("request", spec), new CelBudget(CelBudget.PerCallLimit)).AsBool();
        }
        catch (CelEvaluationException)
        {
            return null;
        }
    }
}
