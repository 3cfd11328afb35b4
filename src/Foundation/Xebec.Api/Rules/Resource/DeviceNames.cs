using System.Text;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Resource;

/// <summary>The names that devices, their pools and attributes go by, and the documents that drivers read.</summary>
internal static class DeviceNames
{
    private const int IdentifierMaximumBytes = 32;

    /// <summary>A pool: subdomains with slashes between them.</summary>
    public static void CheckPool(FieldPath path, string name, CheckContext context)
    {
        if (name.Length == 0)
        {
            context.Add(FieldError.Required(path));
            return;
        }

        if (name.Length > NameRules.SubdomainMaximumBytes)
            context.Add(FieldError.TooLong(path, NameRules.SubdomainMaximumBytes));
        foreach (var part in name.Split('/'))
            context.AddInvalid(path, part, NameRules.DnsSubdomain(part));
    }

    /// <summary>An attribute or capacity: an identifier, of the driver's domain or of one before a slash.</summary>
    public static void CheckQualified(FieldPath path, string name, CheckContext context)
    {
        var parts = name.Split('/', 2);
        if (parts.Length == 1)
        {
            CheckIdentifier(path, name, context);
            return;
        }

        if (parts[0].Length == 0)
            context.Add(FieldError.Invalid(path, "", "the domain must not be empty"));
        else
            DomainRules.CheckDriver(path, parts[0], context);
        if (parts[1].Length == 0)
            context.Add(FieldError.Invalid(path, "", "the name must not be empty"));
        else
            CheckIdentifier(path, parts[1], context);
    }

    /// <summary>The same with its domain.</summary>
    public static void CheckFullyQualified(FieldPath path, string name, CheckContext context)
    {
        CheckQualified(path, name, context);
        if (!name.Contains('/', StringComparison.Ordinal))
            context.Add(FieldError.Invalid(path, name, "a fully qualified name must be a domain and a name separated by a slash"));
    }

    /// <summary>A document for a driver: a JSON object that is not too long.</summary>
    public static void CheckDocument(FieldPath path, Value? document, int maximumBytes, CheckContext context)
    {
        if (document.IsAbsent())
            context.Add(FieldError.Required(path));
        else if (document!.ToUtf8().Length > maximumBytes)
            context.Add(FieldError.TooLong(path, maximumBytes));
        else if (document is not ObjectValue)
            context.Add(FieldError.Invalid(path, "<value omitted>", "must be a valid JSON object"));
    }

    /// <summary>A UUID in lower case with dashes.</summary>
    public static void CheckUid(FieldPath path, string uid, CheckContext context)
    {
        if (!Guid.TryParseExact(uid, "D", out var parsed))
            context.Add(FieldError.Invalid(path, uid, $"error validating uid: invalid UUID length: {Encoding.UTF8.GetByteCount(uid)}"));
        else if (parsed.ToString("D") != uid)
            context.Add(FieldError.Invalid(
                path, uid, "uid must be in RFC 4122 normalized form, `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` with lowercase hexadecimal characters"));
    }

    private static void CheckIdentifier(FieldPath path, string name, CheckContext context)
    {
        if (name.Length > IdentifierMaximumBytes)
            context.Add(FieldError.TooLong(path, IdentifierMaximumBytes));
        context.AddInvalid(path, name, NameRules.CIdentifier(name));
    }
}
