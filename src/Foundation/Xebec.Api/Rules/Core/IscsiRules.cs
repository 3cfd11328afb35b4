using System.Text.RegularExpressions;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>iSCSI volumes, of pods and PersistentVolumes.</summary>
internal static partial class IscsiRules
{
    /// <summary>The longest volume name, colon and portal together, when an initiator is named.</summary>
    public const int LongestTarget = 64;

    /// <summary>What is wrong with a longer one.</summary>
    public const string TargetTooLong =
        "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.";

    private const string NoPrefix = "must be valid format starting with iqn, eui, or naa";
    private const string Malformed = "must be valid format";

    public static void Check(ObjectValue source, CheckContext context) => Check(source, NoPrefix, context);

    public static void CheckPersistent(ObjectValue source, CheckContext context) => Check(source, Malformed, context);

    private static void Check(ObjectValue source, string noPrefix, CheckContext context)
    {
        if (source.GetString("iqn") is { Length: > 0 } iqn && Objection(iqn, noPrefix) is { } message)
            context.Invalid("iqn", iqn, message);
        var chap = source["chapAuthDiscovery"]?.AsBool() == true || source["chapAuthSession"]?.AsBool() == true;
        if (chap && source["secretRef"].IsAbsent())
            context.Required("secretRef");
        if (source.GetString("initiatorName") is { } initiator && Objection(initiator, noPrefix) is { } objection)
            context.Invalid("initiatorname", initiator, objection);
    }

    private static string? Objection(string name, string noPrefix) => name switch
    {
        _ when name.StartsWith("iqn", StringComparison.Ordinal) => Iqn().IsMatch(name) ? null : Malformed,
        _ when name.StartsWith("eui", StringComparison.Ordinal) => Eui().IsMatch(name) ? null : Malformed,
        _ when name.StartsWith("naa", StringComparison.Ordinal) => Naa().IsMatch(name) ? null : Malformed,
        _ => noPrefix,
    };

    [GeneratedRegex(@"\Aiqn\.[0-9]{4}-[0-9]{2}\.([a-zA-Z0-9.-]+)(:[^,;*&$|\s]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Iqn();

    [GeneratedRegex(@"\Aeui.[a-zA-Z0-9]{16}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Eui();

    [GeneratedRegex(@"\Anaa.[a-zA-Z0-9]{32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Naa();
}
