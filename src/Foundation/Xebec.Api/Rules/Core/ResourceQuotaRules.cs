using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>ResourceQuotas.</summary>
internal static class ResourceQuotaRules
{
    public static void Check(ObjectValue spec, CheckContext context) => ResourceAmounts.Check(spec.GetObject("hard"), "hard", context);

    public static void CheckStatus(ObjectValue status, CheckContext context)
    {
        ResourceAmounts.Check(status.GetObject("hard"), "hard", context);
        ResourceAmounts.Check(status.GetObject("used"), "used", context);
    }
}
