using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>ServiceAccounts: of the secrets they list only the names count, since they are in the same namespace.</summary>
internal sealed class ServiceAccountStrategy : ResourceStrategy
{
    /// <inheritdoc/>
    public override bool ReturnsDeletedObject => true;

    /// <inheritdoc/>
    public override bool CountsGenerations => false;

    /// <inheritdoc/>
    public override void PrepareForCreate(ObjectValue created, bool hasStatus)
    {
        base.PrepareForCreate(created, hasStatus);
        KeepNames(created);
    }

    /// <inheritdoc/>
    public override void PrepareForUpdate(ObjectValue updated, ObjectValue stored, bool hasStatus)
    {
        base.PrepareForUpdate(updated, stored, hasStatus);
        KeepNames(updated);
    }

    private static void KeepNames(ObjectValue account)
    {
        foreach (var secret in account.GetList("secrets") ?? [])
        {
            if (secret is not ObjectValue reference)
                continue;
            var name = reference["name"];
            reference.Clear();
            reference["name"] = name;
        }
    }
}
