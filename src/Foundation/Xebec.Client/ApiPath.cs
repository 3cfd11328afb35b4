using System.Globalization;
using System.Text;
using Xebec.ApiMachinery.Resources;

namespace Xebec.Client;

/// <summary>Builds request paths such as /apis/apps/v1/namespaces/default/deployments/web/scale?force=true.</summary>
internal static class ApiPath
{
    public static string Of(ResourceInfo resource, string? ns, string? name = null, string? subresource = null)
    {
        var path = new StringBuilder(96);
        path.Append(resource.GroupVersion.Group.Length == 0 ? "/api/" : "/apis/").Append(resource.GroupVersion.ToString());
        if (!string.IsNullOrEmpty(ns) && resource.Namespaced)
            path.Append("/namespaces/").Append(Uri.EscapeDataString(ns));
        path.Append('/').Append(resource.Plural);
        if (!string.IsNullOrEmpty(name))
            path.Append('/').Append(Uri.EscapeDataString(name));
        if (!string.IsNullOrEmpty(subresource))
            path.Append('/').Append(subresource);
        return path.ToString();
    }

    public static string With(string path, ListOptions? options) => options is null ? path : Query(path, [
        ("labelSelector", options.LabelSelector), ("fieldSelector", options.FieldSelector), ("limit", Number(options.Limit)),
        ("continue", options.Continue), (
            "resourceVersion", options.ResourceVersion), ("resourceVersionMatch", options.ResourceVersionMatch)]);

    public static string With(string path, WatchOptions options) => Query(path, [
        ("watch", "true"), ("labelSelector", options.LabelSelector), ("fieldSelector", options.FieldSelector),
        ("resourceVersion", options.ResourceVersion), ("timeoutSeconds", Number(options.TimeoutSeconds)),
        ("allowWatchBookmarks", options.AllowWatchBookmarks ? "true" : "")]);

    public static string With(string path, WriteOptions? options) => options is null ? path : Query(path, [
        ("fieldManager", options.FieldManager), ("fieldValidation", options.FieldValidation),
        ("dryRun", options.DryRun ? "All" : ""), ("force", options.Force ? "true" : "")]);

    private static string Number(int value) => value == 0 ? "" : value.ToString(CultureInfo.InvariantCulture);

    private static string Query(string path, ReadOnlySpan<(string Name, string Value)> parameters)
    {
        StringBuilder? query = null;
        foreach (var (name, value) in parameters)
        {
            if (value.Length == 0)
                continue;
            query = query is null ? new StringBuilder(path).Append('?') : query.Append('&');
            query.Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return query?.ToString() ?? path;
    }
}
