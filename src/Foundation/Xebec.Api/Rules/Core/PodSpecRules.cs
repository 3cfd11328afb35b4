using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>What pods and pod templates have in common.</summary>
internal static class PodSpecRules
{
    // serviceAccount is the deprecated name of serviceAccountName; both are always written.
    public static void Default(ObjectValue spec)
    {
        if (spec.GetString("serviceAccountName") is { Length: > 0 } name)
            spec["serviceAccount"] = name;
        else if (spec.GetString("serviceAccount") is { Length: > 0 } old)
            spec["serviceAccountName"] = old;
    }
}
