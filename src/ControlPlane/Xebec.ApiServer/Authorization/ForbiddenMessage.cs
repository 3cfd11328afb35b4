using Xebec.ApiMachinery.Errors;

namespace Xebec.ApiServer.Authorization;

/// <summary>The 403 answer, in upstream's words, which people search the web for.</summary>
internal static class ForbiddenMessage
{
    /// <summary>The error of a refused request.</summary>
    public static ApiException For(AuthorizationAttributes attributes, string reason)
    {
        var user = attributes.User.Name;
        var suffix = reason.Length > 0 ? $": {reason}" : "";
        if (!attributes.IsResourceRequest)
            return ApiErrors.Forbidden("", "", "", $"User \"{user}\" cannot {attributes.Verb} path \"{attributes.Path}\"{suffix}");
        var resource = attributes.Subresource.Length > 0 ? $"{attributes.Resource}/{attributes.Subresource}" : attributes.Resource;
        var where = attributes.Namespace.Length > 0 ? $"in the namespace \"{attributes.Namespace}\"" : "at the cluster scope";
        return ApiErrors.Forbidden(
            attributes.Group, attributes.Resource, attributes.Name,
            $"User \"{user}\" cannot {attributes.Verb} resource \"{resource}\" in API group \"{attributes.Group}\" {where}{suffix}");
    }
}
