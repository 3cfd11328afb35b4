using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.Registry.Authorization;

/// <summary>The user that a SubjectAccessReview is about.</summary>
internal static class AccessReviewUser
{
    public static UserInfo Of(ObjectValue spec)
    {
        var extra = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (key, values) in spec.GetObject("extra") ?? [])
            extra[key] = Texts(values.AsList());
        return new UserInfo(spec.GetString("user") ?? "", spec.GetString("uid") ?? "", Texts(spec.GetList("groups")), extra);
    }

    private static string[] Texts(ListValue? list) => list is null ? [] : [.. list.Select(t => t.AsString() ?? "")];
}
