using System.Globalization;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.CustomResources;

/// <summary>What a custom resource must be like where its scale subresource looks: replicas are whole numbers from 0, the selector is text. Pure.</summary>
internal static class CustomScaleRules
{
    /// <summary>Adds what is wrong.</summary>
    public static void Check(ObjectValue item, ScalePaths paths, List<FieldError> errors)
    {
        CheckReplicas(item, paths.SpecReplicas, errors);
        CheckReplicas(item, paths.StatusReplicas, errors);
        if (paths.LabelSelector is { } selector)
            CheckSelector(item, selector, errors);
    }

    private static void CheckSelector(ObjectValue item, string[] path, List<FieldError> errors)
    {
        var found = Find(item, path, out var problem);
        if ((problem ?? NotA(found, path, "string")) is { } error)
            errors.Add(FieldError.Invalid(At(path), "", error));
    }

    private static void CheckReplicas(ObjectValue item, string[] path, List<FieldError> errors)
    {
        var found = Find(item, path, out var problem);
        if ((problem ?? NotA(found, path, "int64")) is { } error)
            errors.Add(FieldError.Invalid(At(path), 0L, error));
        else if (found is NumberValue { Whole: < 0 })
            errors.Add(FieldError.Invalid(At(path), found, "should be a non-negative integer"));
        else if (found is NumberValue { Whole: > int.MaxValue })
            errors.Add(FieldError.Invalid(At(path), found, $"should be less than or equal to {int.MaxValue.ToString(CultureInfo.InvariantCulture)}"));
    }

    private static Value? Find(ObjectValue item, string[] path, out string? problem)
    {
        Value? found = item;
        for (var i = 0; i < path.Length; i++)
        {
            if (found is not ObjectValue members)
            {
                problem = $"{Text(path.AsSpan(0, i + 1))} accessor error: {CustomScale.Describe(found)}, expected map[string]interface {{}}";
                return null;
            }

            found = members[path[i]];
            if (found is null)
                break;
        }

        problem = null;
        return found;
    }

    private static string? NotA(Value? found, string[] path, string type)
    {
        var fits = found switch
        {
            null => true,
            StringValue => type == "string",
            NumberValue { IsWhole: true } => type == "int64",
            _ => false,
        };
        return fits ? null : $"{Text(path)} accessor error: {CustomScale.Describe(found!)}, expected {type}";
    }

    private static FieldPath At(string[] path) => FieldPath.Root(Text(path));

    private static string Text(ReadOnlySpan<string> path) => "." + string.Join('.', path);
}
