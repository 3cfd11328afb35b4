using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission.Quota;

/// <summary>An object as quotas count it.</summary>
/// <param name="Plural">The plural.</param>
/// <param name="Group">The API group.</param>
/// <param name="Tree">The object.</param>
/// <param name="Usage">How much of what it uses.</param>
internal sealed record QuotaItem(string Plural, string Group, ObjectValue Tree, IReadOnlyDictionary<string, Quantity> Usage)
{
    public bool IsPod => Plural == "pods" && Group.Length == 0;

    public static QuotaItem Of(string group, string plural, ObjectValue tree) => new(plural, group, tree, QuotaUsage.Of(group, plural, tree));
}
