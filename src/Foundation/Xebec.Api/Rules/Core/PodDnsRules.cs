using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>spec.dnsPolicy and spec.dnsConfig of a pod.</summary>
internal static class PodDnsRules
{
    private const int MaximumNameservers = 3;
    private const int MaximumSearches = 32;
    private const int MaximumSearchCharacters = 2048;

    public static void Check(ObjectValue spec, CheckContext context)
    {
        var config = spec.GetObject("dnsConfig");
        if ((spec.GetString("dnsPolicy") == "None" && !CheckGiven(config, context)) || config is null)
            return;
        context.Enter("dnsConfig");
        if (config.GetList("nameservers") is { Count: > MaximumNameservers } servers)
            context.Invalid("nameservers", servers, $"must not have more than {MaximumNameservers} nameservers");
        if (config.GetList("searches") is { } searches)
            CheckSearches(searches, context);
        CheckOptions(config.GetList("options"), context);
        context.Leave();
    }

    private static bool CheckGiven(ObjectValue? config, CheckContext context)
    {
        if (config is null)
            context.Required("dnsConfig", "must provide `dnsConfig` when `dnsPolicy` is None");
        else if (config["nameservers"].IsZero())
        {
            const string Message = "must provide at least one DNS nameserver when `dnsPolicy` is None";
            context.Add(FieldError.Required(context.At("dnsConfig").Child("nameservers"), Message));
        }

        return config?["nameservers"].IsZero() == false;
    }

    private static void CheckSearches(ListValue searches, CheckContext context)
    {
        if (searches.Count > MaximumSearches)
            context.Invalid("searches", searches, $"must not have more than {MaximumSearches} search paths");
        var length = searches.Sum(s => s.AsString()?.Length ?? 0) + Math.Max(0, searches.Count - 1);
        if (length > MaximumSearchCharacters)
        {
            var message = $"must not have more than {MaximumSearchCharacters} characters (including spaces) in the search list";
            context.Invalid("searches", searches, message);
        }

        for (var i = 0; i < searches.Count; i++)
        {
            var search = searches[i].AsString() ?? "";
            var name = search.EndsWith('.') ? search[..^1] : search;
            if (search != "." && NameRules.DnsSearchDomain(name) is { Count: > 0 } messages)
                context.AddInvalid(context.At("searches").Index(i), name, messages);
        }
    }

    // Upstream's paths name the option, not its name.
    private static void CheckOptions(ListValue? options, CheckContext context)
    {
        for (var i = 0; i < (options?.Count ?? 0); i++)
        {
            if (options![i].AsObject()?["name"].IsZero() != false)
                context.Add(FieldError.Required(context.At("options").Index(i), "must not be empty"));
        }
    }
}
