using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Admissionregistration;

/// <summary>The kind of a policy's parameters.</summary>
internal static class ParamKindRules
{
    public static void Check(ObjectValue kind, FieldPath path, ExpressionCheck check)
    {
        CheckApiVersion(kind.GetString("apiVersion") ?? "", path.Child("apiVersion"), check);
        var name = kind.GetString("kind") ?? "";
        if (name.Length == 0)
            check.Add(FieldError.Required(path.Child("kind")));
        else if (NameRules.Dns1035Label(name.ToLowerInvariant()) is { Count: > 0 } broken)
            check.Add(FieldError.Invalid(path.Child("kind"), name, $"may have mixed case, but should otherwise match: {string.Join(',', broken)}"));
    }

    private static void CheckApiVersion(string apiVersion, FieldPath path, ExpressionCheck check)
    {
        var parts = apiVersion == "/" ? ["", ""] : apiVersion.Split('/');
        var (group, version) = parts.Length == 2 ? (parts[0], parts[1]) : ("", parts[0]);
        if (apiVersion.Length == 0)
            check.Add(FieldError.Required(path));
        else if (parts.Length > 2)
            check.Add(FieldError.Invalid(path, apiVersion, $"unexpected GroupVersion string: {apiVersion}"));
        else if (group.Length > 0 && NameRules.DnsSubdomain(group) is { Count: > 0 } broken)
            check.Add(FieldError.Invalid(path, group, string.Join(',', broken)));
        if (apiVersion.Length == 0 || parts.Length > 2)
            return;
        if (version.Length == 0)
            check.Add(FieldError.Invalid(path, apiVersion, "version must be specified"));
        else if (NameRules.Dns1035Label(version) is { Count: > 0 } messages)
            check.Add(FieldError.Invalid(path, version, string.Join(',', messages)));
    }
}
