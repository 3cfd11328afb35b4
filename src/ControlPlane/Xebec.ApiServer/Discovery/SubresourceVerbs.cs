namespace Xebec.ApiServer.Discovery;

/// <summary>The verbs that discovery names for subresources.</summary>
internal static class SubresourceVerbs
{
    /// <summary>The verbs of a subresource by its name.</summary>
    public static IReadOnlyList<string> Of(string subresource) => subresource switch
    {
        "log" => ["get"],
        "exec" or "attach" or "portforward" => ["create", "get"],
        "proxy" => ["create", "delete", "get", "patch", "update"],
        "binding" or "eviction" or "token" => ["create"],
        "finalize" => ["update"],
        _ => ["get", "patch", "update"],
    };
}
