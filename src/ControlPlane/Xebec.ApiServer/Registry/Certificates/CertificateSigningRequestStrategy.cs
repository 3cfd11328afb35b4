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

    /// <summary>Nothing but metadata changes: what was asked for stays, whatever an update says.</summary>
    public override void PrepareForUpdate(ObjectValue updated, ObjectValue stored, bool hasStatus)
    {
        base.PrepareForUpdate(updated, stored, hasStatus);
        updated["spec"] = stored["spec"]?.DeepClone();
    }

    /// <summary>Decisions stay as they are, unless their number changes: then validation refuses the update.</summary>
    public override void PrepareForStatusUpdate(ObjectValue updated, ObjectValue stored)
    {
        base.PrepareForStatusUpdate(updated, stored);
        foreach (var type in Decisions)
        {
            var (now, before) = (OfType(updated, type), OfType(stored, type));
            for (var i = 0; i < now.Length && now.Length == before.Length; i++)
                Overwrite(now[i], before[i]);
        }
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(ObjectValue updated, ObjectValue stored, List<FieldError> errors)
    {
        foreach (var type in Kept)
        {
            if (OfType(updated, type).Length < OfType(stored, type).Length)
                errors.Add(FieldError.Forbidden(ConditionsPath, $"updates may not remove a condition of type {GoText.Quote(type)}"));
        }

        SigningConditionRules.Check(Conditions(updated), ConditionsPath, errors);
    }

    /// <summary>A status may add no decision, and a certificate is given once.</summary>
    public override void ValidateStatusUpdate(ObjectValue updated, ObjectValue stored, List<FieldError> errors)
    {
        foreach (var type in Decisions)
        {
            if (OfType(updated, type).Length > OfType(stored, type).Length)
                errors.Add(FieldError.Forbidden(ConditionsPath, $"updates may not add a condition of type {GoText.Quote(type)}"));
        }

        SigningConditionRules.CheckCertificate(updated, stored, errors);
    }

    private static readonly string[] Decisions = ["Approved", "Denied"];
    private static readonly string[] Kept = ["Approved", "Denied", "Failed"];

    private static FieldPath ConditionsPath => FieldPath.Root("status").Child("conditions");

    private static ObjectValue[] OfType(ObjectValue request, string type) => [.. Conditions(request).Where(c => c.GetString("type") == type)];

    private static void Overwrite(ObjectValue condition, ObjectValue before)
    {
        condition.Clear();
        foreach (var (name, value) in before)
            condition[name] = value.DeepClone();
    }

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
