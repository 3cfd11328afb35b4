using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Networking;

/// <summary>NetworkPolicies.</summary>
internal static class NetworkPolicyRules
{
    public static void Default(ObjectValue spec)
    {
        if (!spec["policyTypes"].IsZero())
            return;
        var types = new ListValue { "Ingress" };
        if (!spec["egress"].IsZero())
            types.Add("Egress");
        spec["policyTypes"] = types;
    }
}
