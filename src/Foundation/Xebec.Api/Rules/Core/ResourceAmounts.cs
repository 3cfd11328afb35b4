using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Resource lists: amounts by resource name.</summary>
internal static class ResourceAmounts
{
    /// <summary>Adds the amounts of resources that the list does not name.</summary>
    public static void AddMissing(ObjectValue list, ObjectValue amounts)
    {
        foreach (var (name, amount) in amounts)
        {
            if (!list.ContainsKey(name))
                list[name] = amount;
        }
    }
}
