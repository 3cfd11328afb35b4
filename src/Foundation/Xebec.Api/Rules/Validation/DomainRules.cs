using System.Text.RegularExpressions;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Validation;

/// <summary>Names that begin with a domain: of controllers, signers and drivers.</summary>
internal static partial class DomainRules
{
    private const string PathForm = @"[A-Za-z0-9/\-._~%!$&'()*+,;=:]+";
    private const string SignerForm = "must be a fully qualified domain and path of the form 'example.com/signer-name'";
    private const int DriverMaximumBytes = 63;

    /// <summary>A domain, a slash and a path, such as example.com/controller.</summary>
    public static void CheckPath(FieldPath path, string text, CheckContext context)
    {
        if (text.Length == 0)
        {
            context.Add(FieldError.Required(path));
            return;
        }

        if (text.Split('/', 2) is not [{ Length: > 0 } host, { Length: > 0 } rest])
        {
            context.Add(FieldError.Invalid(path, text, "must be a domain-prefixed path (such as \"acme.io/foo\")"));
            return;
        }

        context.AddInvalid(path, host, NameRules.DnsSubdomain(host));
        if (!PathText().IsMatch(rest))
            context.Add(FieldError.Invalid(path, rest, $"Invalid path (regex used for validation is '{PathForm}')"));
    }

    /// <summary>The name of a CSI or DRA driver: a subdomain, whatever its case.</summary>
    public static void CheckDriver(FieldPath path, string text, CheckContext context)
    {
        if (text.Length == 0)
            context.Add(FieldError.Required(path));
        if (text.Length > DriverMaximumBytes)
            context.Add(FieldError.TooLong(path, DriverMaximumBytes));
        if (NameRules.DnsSubdomain(text.ToLowerInvariant()) is { Count: > 0 } messages)
            context.AddInvalid(path, text, messages);
    }

    /// <summary>The name of a signer of certificates: a domain of two labels at least, a slash and a path.</summary>
    public static void CheckSigner(FieldPath path, string text, CheckContext context)
    {
        if (text.Length == 0)
        {
            context.Add(FieldError.Required(path));
            return;
        }

        if (text.Split('/') is not [var domain, var rest])
        {
            context.Add(FieldError.Invalid(path, text, SignerForm));
            return;
        }

        if (domain.Length > NameRules.SubdomainMaximumBytes)
            context.Add(FieldError.TooLong(path, NameRules.SubdomainMaximumBytes));
        CheckLabels(path, domain, NameRules.DnsLabel, context);
        if (!domain.Contains('.', StringComparison.Ordinal))
            context.Add(FieldError.Invalid(path, domain, "should be a domain with at least two segments separated by dots"));
        CheckLabels(path, rest, NameRules.DnsSubdomain, context);
    }

    /// <summary>The messages of a full domain name, which has two labels at least.</summary>
    public static void CheckFullyQualified(FieldPath path, string text, CheckContext context)
    {
        if (text.Length == 0)
        {
            context.Add(FieldError.Required(path));
            return;
        }

        var name = text.TrimEnd('.');
        if (NameRules.DnsSubdomain(name) is { Count: > 0 } messages)
            context.Add(FieldError.Invalid(path, name, string.Join(',', messages)));
        if (!name.Contains('.', StringComparison.Ordinal))
            context.Add(FieldError.Invalid(path, name, "should be a domain with at least two segments separated by dots"));
        foreach (var label in name.Split('.'))
        {
            if (NameRules.DnsLabel(label) is { Count: > 0 } bad)
                context.Add(FieldError.Invalid(path, label, string.Join(',', bad)));
        }
    }

    // The first bad label is enough: the rest would say the same.
    private static void CheckLabels(FieldPath path, string text, Func<string, IReadOnlyList<string>> rule, CheckContext context)
    {
        foreach (var label in text.Split('.'))
        {
            if (rule(label) is not { Count: > 0 } messages)
                continue;
            foreach (var message in messages)
                context.Add(FieldError.Invalid(path, text, $"validating label {GoText.Quote(label)}: {message}"));
            return;
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex PathText();
}
