using System.Globalization;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry;

/// <summary>What the server does to metadata on every write (API conventions, "Metadata").</summary>
internal static class ObjectMetadata
{
    /// <summary>Clears what the server decides about a new object, and puts it into its namespace: what mutating admission sees.</summary>
    public static void PrepareForCreate(ObjectValue created, string ns)
    {
        var metadata = created.GetOrAddObject("metadata");
        if (metadata.GetString("resourceVersion") is { Length: > 0 })
            throw ApiErrors.BadRequest("resourceVersion should not be set on objects to be created");
        if (ns.Length > 0)
            metadata["namespace"] = ns;
        foreach (var name in ServerOwned)
            metadata.Remove(name);
    }

    /// <summary>Whether the server is to make up its name.</summary>
    public static bool NeedsName(ObjectValue created) =>
        created.GetObject("metadata") is { } metadata && metadata.GetString("name") is null or "" && metadata.GetString("generateName") is { Length: > 0 };

    /// <summary>Fills in what the server decides about a new object: name from generateName, uid, creation time; returns the name.</summary>
    public static string Identify(ObjectValue created, Guid uid, DateTimeOffset now)
    {
        var metadata = created.GetOrAddObject("metadata");
        if (metadata.GetString("name") is null or "" && metadata.GetString("generateName") is { Length: > 0 } prefix)
            metadata["name"] = GeneratedName.Create(prefix, Random.Shared);
        metadata["uid"] = uid.ToString("D", CultureInfo.InvariantCulture);
        metadata["creationTimestamp"] = Timestamp(now);
        return metadata.GetString("name") ?? "";
    }

    private static readonly string[] ServerOwned =
        ["uid", "creationTimestamp", "resourceVersion", "selfLink", "generation", "deletionTimestamp", "deletionGracePeriodSeconds"];

    private static readonly string[] CarriedOver =
        ["uid", "creationTimestamp", "generation", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"];

    /// <summary>Carries over what no update may change.</summary>
    public static void PrepareForUpdate(ObjectValue updated, ObjectValue stored)
    {
        var metadata = updated.GetOrAddObject("metadata");
        var before = stored.GetObject("metadata")!;
        foreach (var name in CarriedOver)
            metadata[name] = before[name];
        metadata["resourceVersion"] = before["resourceVersion"];
        if (metadata.GetString("generateName") is null or "" && before["generateName"] is { } generateName)
            metadata["generateName"] = generateName;
    }

    /// <summary>Counts a new generation.</summary>
    public static void NextGeneration(ObjectValue updated)
    {
        var metadata = updated.GetOrAddObject("metadata");
        metadata["generation"] = (metadata["generation"]?.AsInt64() ?? 0) + 1;
    }

    /// <summary>Whether anything but metadata, and the status of a kind that has it as a subresource, differs.</summary>
    public static bool SpecChanged(ObjectValue updated, ObjectValue stored, bool hasStatus)
    {
        foreach (var (name, value) in updated)
        {
            if (IsSpec(name, hasStatus) && !value.DeepEquals(stored[name]))
                return true;
        }

        foreach (var (name, _) in stored)
        {
            if (IsSpec(name, hasStatus) && !updated.ContainsKey(name))
                return true;
        }

        return false;
    }

    private static bool IsSpec(string name, bool hasStatus) => name switch
    {
        "metadata" or "kind" or "apiVersion" => false,
        "status" => !hasStatus,
        _ => true,
    };

    /// <summary>Whether it waits for its finalizers (or its grace period) to be gone.</summary>
    public static bool IsBeingDeleted(ObjectValue stored) => stored.GetObject("metadata")?["deletionTimestamp"] is StringValue;

    /// <summary>Whether nothing holds it back any more once its deletion has begun.</summary>
    public static bool CanBeRemoved(ObjectValue stored)
    {
        var metadata = stored.GetObject("metadata")!;
        return IsBeingDeleted(stored) && metadata["deletionGracePeriodSeconds"]?.AsInt64() is null or 0 &&
            metadata.GetList("finalizers") is null or { Count: 0 };
    }

    /// <summary>A metav1.Time.</summary>
    public static string Timestamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
