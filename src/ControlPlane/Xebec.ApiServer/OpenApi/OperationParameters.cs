using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.OpenApi;

/// <summary>The parameters of operations.</summary>
internal sealed class OperationParameters(OpenApiVersion version)
{
    private static readonly (string Name, string Type, string Description)[] List =
    [
        ("allowWatchBookmarks", "boolean", "allowWatchBookmarks requests watch events with type \"BOOKMARK\"."),
        ("continue", "string", "The continue option should be set when retrieving more results from the server."),
        ("fieldSelector", "string", "A selector to restrict the list of returned objects by their fields. Defaults to everything."),
        ("labelSelector", "string", "A selector to restrict the list of returned objects by their labels. Defaults to everything."),
        ("limit", "integer", "limit is a maximum number of responses to return for a list call."),
        ("resourceVersion", "string", "resourceVersion sets a constraint on what resource versions a request may be served from."),
        ("resourceVersionMatch", "string", "resourceVersionMatch determines how resourceVersion is applied to list calls."),
        ("sendInitialEvents", "boolean", "sendInitialEvents begins a watch with the objects that exist, as ADDED events."),
        ("timeoutSeconds", "integer", "Timeout for the list/watch call."),
        ("watch", "boolean", "Watch for changes and return them as a stream of add, update, and remove notifications."),
    ];

    private static readonly (string Name, string Type, string Description)[] Write =
    [
        ("dryRun", "string", "When present, indicates that modifications should not be persisted. Valid values are: All."),
        ("fieldManager", "string", "fieldManager is a name associated with the actor or entity that is making these changes."),
        ("fieldValidation", "string", "How to handle unknown or duplicate fields: Ignore, Warn or Strict."),
    ];

    private static readonly (string Name, string Type, string Description)[] Delete =
    [
        ("dryRun", "string", "When present, indicates that modifications should not be persisted. Valid values are: All."),
        ("gracePeriodSeconds", "integer", "The duration in seconds before the object should be deleted."),
        ("orphanDependents", "boolean", "Deprecated: please use the PropagationPolicy. Should the dependent objects be orphaned."),
        ("propagationPolicy", "string", "Whether and how garbage collection will be performed."),
    ];

    private static readonly (string Name, string Type, string Description) Force =
        ("force", "boolean", "Force takes over, in Apply requests, the conflicting fields that others own.");

    /// <summary>The query parameters of an action.</summary>
    public ListValue Of(string action) => new(
        (action switch
        {
            "list" => List,
            "deletecollection" => [.. List.Where(p => p.Name is not ("watch" or "allowWatchBookmarks")), .. Delete],
            "post" or "put" => Write,
            "patch" => [.. Write, Force],
            "delete" => Delete,
            _ => [],
        }).Select(p => Query(p.Name, p.Type, p.Description)));

    /// <summary>The parameters that all operations on a path share.</summary>
    public ListValue OfPath(string path, string kind)
    {
        var parameters = new ListValue();
        if (path.Contains("{name}", StringComparison.Ordinal))
            parameters.Add(InPath("name", $"name of the {kind}"));
        if (path.Contains("{namespace}", StringComparison.Ordinal))
            parameters.Add(InPath("namespace", "object name and auth scope, such as for teams and projects"));
        if (path.Contains("{path}", StringComparison.Ordinal))
            parameters.Add(InPath("path", "path to the resource"));
        parameters.Add(Query("pretty", "string", "If 'true', then the output is pretty printed."));
        return parameters;
    }

    private ObjectValue Query(string name, string type, string description) => Parameter(name, "query", type, description);

    private ObjectValue InPath(string name, string description)
    {
        var parameter = Parameter(name, "path", "string", description);
        parameter["required"] = true;
        return parameter;
    }

    private ObjectValue Parameter(string name, string place, string type, string description)
    {
        var parameter = new ObjectValue { ["name"] = name, ["in"] = place, ["description"] = description };
        if (version == OpenApiVersion.V3)
        {
            parameter["schema"] = new ObjectValue { ["type"] = type, ["uniqueItems"] = true };
            return parameter;
        }

        parameter["type"] = type;
        parameter["uniqueItems"] = true;
        return parameter;
    }
}
