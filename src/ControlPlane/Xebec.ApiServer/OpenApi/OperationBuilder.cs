using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.OpenApi;

/// <summary>Builds the operations of a resource's paths.</summary>
internal sealed class OperationBuilder(OpenApiVersion version)
{
    private static readonly string[] Produced = ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"];

    /// <summary>The parameters this builder gives to operations.</summary>
    public OperationParameters Parameters { get; } = new(version);

    /// <summary>One operation.</summary>
    /// <param name="action">x-kubernetes-action: get, list, post, put, patch, delete, deletecollection, connect.</param>
    /// <param name="id">The operation's id.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="kind">The kind it speaks, as x-kubernetes-group-version-kind.</param>
    /// <param name="body">The definition of the request's body, null when it has none.</param>
    /// <param name="result">The definition of the answer, null when it is text or a stream.</param>
    public ObjectValue Build(string action, string id, ServedResource resource, ObjectValue kind, string? body, string? result)
    {
        var operation = new ObjectValue
        {
            ["description"] = $"{Described(action)} {resource.Info.Kind}",
            ["operationId"] = id,
            ["tags"] = Texts([OperationNames.Tag(resource.Info.GroupVersion)]),
        };
        var parameters = Parameters.Of(action);
        if (body is not null)
            AddBody(operation, parameters, action, body, resource.IsCustom);
        if (parameters.Count > 0)
            operation["parameters"] = parameters;
        operation["responses"] = Responses(action, result);
        if (version == OpenApiVersion.V2)
        {
            operation["produces"] = Texts(Produced);
            operation["schemes"] = Texts(["https"]);
        }

        operation["x-kubernetes-action"] = action;
        operation["x-kubernetes-group-version-kind"] = kind;
        return operation;
    }

    private void AddBody(ObjectValue operation, ListValue parameters, string action, string body, bool isCustom)
    {
        var types = action == "patch" ? PatchMediaTypes.Of(isCustom) : ["*/*"];
        var reference = DefinitionBuilder.Reference(version, body);
        if (version == OpenApiVersion.V2)
        {
            operation["consumes"] = Texts(types);
            parameters.Insert(0, new ObjectValue
            {
                ["name"] = "body",
                ["in"] = "body",
                ["required"] = action is not ("delete" or "deletecollection"),
                ["schema"] = reference,
            });
            return;
        }

        var request = new ObjectValue { ["content"] = Content(types, reference) };
        if (action is not ("delete" or "deletecollection"))
            request["required"] = true;
        operation["requestBody"] = request;
    }

    private ObjectValue Responses(string action, string? result)
    {
        var responses = new ObjectValue { ["200"] = Response("OK", result) };
        if (action is "post" or "put" or "patch")
            responses["201"] = Response("Created", result);
        if (action is "post" or "delete")
            responses["202"] = Response("Accepted", result);
        responses["401"] = new ObjectValue { ["description"] = "Unauthorized" };
        return responses;
    }

    private ObjectValue Response(string description, string? result)
    {
        var response = new ObjectValue { ["description"] = description };
        if (result is null)
            return response;
        var reference = DefinitionBuilder.Reference(version, result);
        if (version == OpenApiVersion.V2)
            response["schema"] = reference;
        else
            response["content"] = Content(Produced, reference);
        return response;
    }

    private static ObjectValue Content(string[] types, ObjectValue reference)
    {
        var content = new ObjectValue();
        foreach (var type in types)
            content[type] = new ObjectValue { ["schema"] = reference };
        return content;
    }

    private static string Described(string action) => action switch
    {
        "get" => "read the specified",
        "list" => "list or watch objects of kind",
        "post" => "create a",
        "put" => "replace the specified",
        "patch" => "partially update the specified",
        "delete" => "delete a",
        "deletecollection" => "delete collection of",
        _ => "connect requests to",
    };

    private static ListValue Texts(IEnumerable<string> texts) => new(texts.Select(t => (Value)t));
}
