using System.Text.RegularExpressions;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Windows options: of a pod or container alone, and the host processes of a pod together.</summary>
internal static partial class WindowsPodRules
{
    private const int LargestCredentialBytes = 64 * 1024;
    private const int DomainLimit = 256;
    private const int LongestUser = 104;

    /// <summary>The walk stands on the options.</summary>
    public static void Check(ObjectValue options, CheckContext context)
    {
        if (options.GetString("gmsaCredentialSpec") is { } credential)
        {
            if (credential.Length == 0)
                context.Invalid("gmsaCredentialSpec", credential, "gmsaCredentialSpec cannot be an empty string");
            else if (System.Text.Encoding.UTF8.GetByteCount(credential) > LargestCredentialBytes)
                context.Invalid("gmsaCredentialSpec", credential, "gmsaCredentialSpec size must be under 64 KiB");
        }

        if (options.GetString("runAsUserName") is not { } user)
            return;
        foreach (var message in Objections(user))
            context.Invalid("runAsUserName", user, message);
    }

    /// <summary>All containers of a pod are host processes, or none is. The walk stands on the pod's spec.</summary>
    public static void CheckHostProcess(ObjectValue spec, CheckContext context)
    {
        var ofPod = spec.GetObject("securityContext")?.GetObject("windowsOptions")?["hostProcess"]?.AsBool();
        var (containers, processes) = (0, 0);
        PodContainerRules.Visit(spec, context, (container, at) =>
        {
            containers++;
            var own = container.GetObject("securityContext")?.GetObject("windowsOptions")?["hostProcess"]?.AsBool();
            if (own ?? ofPod ?? false)
                processes++;
            if (ofPod is null || own is null || ofPod == own)
                return;
            var path = at.At("securityContext").Child("windowsOptions", "hostProcess");
            var shown = ofPod == true ? "true" : "false";
            at.Add(FieldError.Invalid(path, own.Value, $"pod hostProcess value must be identical if both are specified, was {shown}"));
        });
        if (processes == 0)
            return;
        if (processes != containers)
            context.InvalidHere("", "If pod contains any hostProcess containers then all containers must be HostProcess containers");
        if (spec["hostNetwork"]?.AsBool() != true)
            context.Invalid("hostNetwork", false, "hostNetwork must be true if pod contains any hostProcess containers");
    }

    private static IEnumerable<string> Objections(string name)
    {
        var parts = name.Split('\\');
        if (name.Length == 0)
            return ["runAsUserName cannot be an empty string"];
        if (name.Any(char.IsControl))
            return ["runAsUserName cannot contain control characters"];
        return parts.Length > 2
            ? ["runAsUserName cannot contain more than one backslash"]
            : DomainObjections(parts.Length == 2 ? parts[0] : null).Concat(UserObjections(parts[^1]));
    }

    private static IEnumerable<string> DomainObjections(string? domain)
    {
        if (domain?.Length >= DomainLimit)
            yield return $"runAsUserName's Domain length must be under {DomainLimit} characters";
        if (domain is not null && !NetBios().IsMatch(domain) && !DnsName().IsMatch(domain))
            yield return "runAsUserName's Domain doesn't match the NetBios nor the DNS format";
    }

    private static IEnumerable<string> UserObjections(string user)
    {
        if (user.Length == 0)
            yield return "runAsUserName's User cannot be empty";
        else if (user.Length > LongestUser)
            yield return $"runAsUserName's User length must not be longer than {LongestUser} characters";
        if (user.Length > 0 && user.All(c => c is '.' or ' '))
            yield return "runAsUserName's User cannot contain only periods or spaces";
        if (user.IndexOfAny(['"', '/', '\\', ':', ';', '|', '=', ',', '+', '*', '?', '<', '>', '@', '[', ']']) >= 0)
            yield return "runAsUserName's User cannot contain the following characters: \"/\\:;|=,+*?<>@[]";
    }

    [GeneratedRegex("""^[^\\/:\*\?"<>|\.][^\\/:\*\?"<>|]{0,14}$""", RegexOptions.CultureInvariant)]
    private static partial Regex NetBios();

    [GeneratedRegex(@"^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$", RegexOptions.CultureInvariant)]
    private static partial Regex DnsName();
}
