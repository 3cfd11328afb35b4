using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Apiextensions;

/// <summary>What the root of a schema may say: with a status subresource only what is not lost when the schema of the status is taken out.</summary>
internal static class RootSchemaRules
{
    // In the order of upstream's message; the names are those of its types.
    private static readonly string[] Allowed =
    [
        "Description", "Type", "Format", "Title", "Maximum", "ExclusiveMaximum", "Minimum", "ExclusiveMinimum", "MaxLength", "MinLength", "Pattern",
        "MaxItems", "MinItems", "UniqueItems", "MultipleOf", "Required", "Items", "Properties", "ExternalDocs", "Example", "XPreserveUnknownFields",
        "XValidations",
    ];

    private static readonly HashSet<string> AllowedFields =
        [.. Allowed.Select(FieldOf), "x-kubernetes-preserve-unknown-fields", "x-kubernetes-validations"];

    public static void Check(ObjectValue schema, FieldPath path, bool hasStatus, CheckContext context)
    {
        if (hasStatus)
            CheckForStatus(schema, path, context);
        if (schema["nullable"]?.AsBool() == true)
            context.Add(FieldError.Forbidden(path.Child("nullable"), "nullable cannot be true at the root"));
    }

    private static void CheckForStatus(ObjectValue schema, FieldPath path, CheckContext context)
    {
        if (schema.GetString("type") is { Length: > 0 } type && type != "object")
        {
            const string OnlyObject = "only \"object\" is allowed as the type at the root of the schema if the status subresource is enabled";
            context.Add(FieldError.Invalid(path.Child("type"), type, OnlyObject));
        }

        if (schema.Any(m => !AllowedFields.Contains(m.Key) && !m.Value.IsZero()))
        {
            context.Add(FieldError.Invalid(
                path, schema, $"only [{string.Join(' ', Allowed)}] fields are allowed at the root of the schema if the status subresource is enabled"));
        }
    }

    private static string FieldOf(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
