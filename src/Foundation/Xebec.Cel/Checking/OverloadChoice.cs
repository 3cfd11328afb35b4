using Xebec.Cel.Functions;
using Xebec.Cel.Syntax;

namespace Xebec.Cel.Checking;

/// <summary>Which overloads of a function a call may mean by the types of its operands.</summary>
internal static class OverloadChoice
{
    /// <summary>Notes them on the call; the type of its result, dyn when they differ in it; null when there is none.</summary>
    public static CelType? Choose(CallExpr call, CelType[] given, IReadOnlyList<Overload> overloads, TypeBindings bindings)
    {
        var matching = new List<Overload>(1);
        CelType? result = null;
        foreach (var overload in overloads)
        {
            if (overload.IsMethod != call.Target is not null || overload.Parameters.Count != given.Length)
                continue;
            var fresh = new Dictionary<string, CelType>(StringComparer.Ordinal);
            var expected = overload.Parameters.Select(p => bindings.Instantiate(p, fresh)).ToArray();
            if (!bindings.Agree(given, expected))
                continue;
            matching.Add(overload);
            var type = bindings.Resolve(bindings.Instantiate(overload.Result, fresh), unboundIsDyn: false);
            result = result is null || TypeRelations.Same(result, type) ? result ?? type : CelType.Dyn;
        }

        call.Overloads = matching;
        return result;
    }
}
