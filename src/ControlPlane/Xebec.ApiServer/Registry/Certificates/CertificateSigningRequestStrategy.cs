using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Registry.Authentication;

namespace Xebec.ApiServer.Registry.Certificates;

/// <summary>
/// Certificate requests: they say who made them, conditions are approved or denied by the approval subresource only, and never taken
/// back.
/// </summary>
internal sealed class CertificateSigningRequestStrategy : ResourceStrategy
{
    /// <inheritdoc/>
    public override bool CountsGenerations => false;

    /// <inheritdoc/>
    public override void SetRequester(ObjectValue created, UserInfo requester)
    {
        var spec = created.GetOrAddObject("spec");
        var user = UserInfoTree.Of(requester);
        foreach (var field in new[] { "username", "uid", "groups", "extra" })
            spec[field] = user[field];
    }

    /// <inheritdoc/>
    public override void PrepareForSubresourceUpdate(ObjectValue updated, ObjectValue stored, string subresource, string now)
    {
        var given = Conditions(updated);
        KeepAllBut(updated, stored, "metadata");
        var status = (ObjectValue?)stored.GetObject("status")?.DeepClone() ?? new ObjectValue();
        status["conditions"] = Stamped(given, Conditions(stored), now);
        updated["status"] = status;
    }

    /// <inheritdoc/>
    public override void PrepareForStatusUpdate(ObjectValue updated, ObjectValue stored)
    {
        base.PrepareForStatusUpdate(updated, stored);
        var others = Conditions(updated).Where(c => !IsDecision(c));
        var kept = new ListValue(Conditions(stored).Where(IsDecision).Concat(others).Select(c => (Value)c));
        if (kept.Count > 0)
            updated.GetOrAddObject("status")["conditions"] = kept;
        else
            updated.GetObject("status")?.Remove("conditions");
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(ObjectValue updated, ObjectValue stored, List<FieldError> errors)
    {
        var path = FieldPath.Root("status").Child("conditions");
        var types = Conditions(updated).Select(c => c.GetString("type") ?? "").ToArray();
        foreach (var lost in Conditions(stored).Where(c => IsDecision(c) && !types.Contains(c.GetString("type"))))
            errors.Add(FieldError.Forbidden(path, $"updates may not remove a condition of type {GoText.Quote(lost.GetString("type") ?? "")}"));
        if (types.Contains("Approved") && types.Contains("Denied"))
            errors.Add(FieldError.Invalid(path, "Denied", "Approved and Denied conditions are mutually exclusive"));
    }

    private static bool IsDecision(ObjectValue condition) => condition.GetString("type") is "Approved" or "Denied";

    private static ListValue Stamped(ObjectValue[] given, ObjectValue[] stored, string now)
    {
        foreach (var condition in given)
        {
            condition["lastUpdateTime"] ??= now;
            var before = stored.FirstOrDefault(c => c.GetString("type") == condition.GetString("type"));
            if (condition["lastTransitionTime"] is null or NullValue)
                condition["lastTransitionTime"] = before is not null && HasSameStatus(before, condition) ? before["lastTransitionTime"] : now;
            if (condition["lastUpdateTime"] is NullValue)
                condition["lastUpdateTime"] = now;
        }

        return new ListValue(given.Select(c => (Value)c));
    }

    private static bool HasSameStatus(ObjectValue left, ObjectValue right) => left.GetString("status") == right.GetString("status");

    private static void KeepAllBut(ObjectValue updated, ObjectValue stored, string kept)
    {
        foreach (var (name, value) in stored)
        {
            if (name != kept)
                updated[name] = value.DeepClone();
        }
    }

    private static ObjectValue[] Conditions(ObjectValue item) =>
        item.GetObject("status")?.GetList("conditions") is { } list ? [.. list.OfType<ObjectValue>()] : [];
}
