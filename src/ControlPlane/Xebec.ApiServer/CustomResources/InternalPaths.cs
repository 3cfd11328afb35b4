using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Printing;

namespace Xebec.ApiServer.CustomResources;

/// <summary>
/// Errors of a definition name fields as upstream's internal type has them: what all versions say alike stands once at the top (as
/// spec.validation), and a conversion's webhook is flat. Everybody who has written a definition knows these paths. Pure.
/// </summary>
internal static class InternalPaths
{
    private const string Versions = "spec.versions[";

    // The field of a version, and where it is when all versions have the same.
    private static readonly (string Field, string Top)[] Shared =
    [
        ("schema", "validation"), ("subresources", "subresources"), ("additionalPrinterColumns", "additionalPrinterColumns"),
        ("selectableFields", "selectableFields"),
    ];

    /// <summary>Rewrites the errors of a definition.</summary>
    public static void Apply(ObjectValue definition, List<FieldError> errors)
    {
        if (errors.Count == 0)
            return;
        var versions = Definition.VersionsOf(definition).ToArray();
        var shared = Shared.Where(s => IsShared(versions, s.Field)).ToArray();
        for (var i = errors.Count - 1; i >= 0; i--)
        {
            if (Rewrite(errors[i], errors, shared) is { } rewritten)
                errors[i] = rewritten;
            else
                errors.RemoveAt(i);
        }
    }

    private static bool IsShared(ObjectValue[] versions, string field)
    {
        var first = versions.Length == 0 ? null : versions[0][field];
        return first is not (null or NullValue) && (field != "schema" || first.At("openAPIV3Schema") is ObjectValue)
            && versions.All(v => first!.DeepEquals(v[field]));
    }

    // What only a later version has wrong is said of that version, though the field reads the same in all of them.
    private static FieldError? Rewrite(FieldError error, List<FieldError> errors, (string Field, string Top)[] shared)
    {
        if (error.Field.StartsWith("spec.conversion.webhook.", StringComparison.Ordinal))
            return error.Moved("spec.conversion." + Flat(error.Field["spec.conversion.webhook.".Length..]));
        if (!error.Field.StartsWith(Versions, StringComparison.Ordinal) || error.Field.IndexOf("].", StringComparison.Ordinal) is not (> 0 and var end))
            return error;
        var rest = error.Field[(end + 2)..];
        foreach (var (field, top) in shared)
        {
            if (rest.StartsWith(field, StringComparison.Ordinal))
            {
                var (old, now) = ($"spec.versions[0].{field}", $"spec.{top}");
                return error.Field.StartsWith(old, StringComparison.Ordinal)
                    ? error.Moved(now + rest[field.Length..], error.Body.Replace(old, now, StringComparison.Ordinal))
                    : errors.Exists(e => e.Field == "spec.versions[0]." + rest) ? null : error;
            }
        }

        return error;
    }

    private static string Flat(string below) =>
        below.StartsWith("clientConfig", StringComparison.Ordinal) ? "webhookClientConfig" + below["clientConfig".Length..] : below;
}
