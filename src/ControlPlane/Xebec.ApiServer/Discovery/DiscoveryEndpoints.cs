using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Discovery;

/// <summary>Discovery: which groups, versions and resources are served (/api, /apis and below).</summary>
internal sealed class DiscoveryEndpoints(ResourceCatalog catalog)
{
    public Task CoreAsync(HttpContext http) => Responses.WriteJsonAsync(http, Write(static (writer, _) =>
    {
        writer.WriteString("kind"u8, "APIVersions");
        writer.WriteStartArray("versions"u8);
        writer.WriteStringValue("v1");
        writer.WriteEndArray();
        writer.WriteStartArray("serverAddressByClientCIDRs"u8);
        writer.WriteEndArray();
    }));

    public Task GroupsAsync(HttpContext http) => Responses.WriteJsonAsync(http, Write((writer, _) =>
    {
        writer.WriteString("kind"u8, "APIGroupList");
        writer.WriteString("apiVersion"u8, "v1");
        writer.WriteStartArray("groups"u8);
        foreach (var group in Groups())
        {
            writer.WriteStartObject();
            WriteGroup(writer, group);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }));

    public Task BelowAsync(HttpContext http)
    {
        var parts = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["api", var version] => ResourcesAsync(http, new GroupVersion("", version)),
            ["apis", var group] => GroupAsync(http, group),
            ["apis", var group, var version] => ResourcesAsync(http, new GroupVersion(group, version)),
            _ => throw ApiErrors.PathNotFound(),
        };
    }

    private Task GroupAsync(HttpContext http, string name)
    {
        var group = Groups().FirstOrDefault(g => g.Key == name) ?? throw ApiErrors.PathNotFound();
        return Responses.WriteJsonAsync(http, Write((writer, _) =>
        {
            writer.WriteString("kind"u8, "APIGroup");
            writer.WriteString("apiVersion"u8, "v1");
            WriteGroup(writer, group);
        }));
    }

    private Task ResourcesAsync(HttpContext http, GroupVersion groupVersion)
    {
        var resources = catalog.All.Select(r => r.Info).Where(r => r.GroupVersion == groupVersion).OrderBy(r => r.Plural, StringComparer.Ordinal).ToList();
        if (resources.Count == 0)
            throw ApiErrors.PathNotFound();
        return Responses.WriteJsonAsync(http, Write((writer, _) =>
        {
            writer.WriteString("kind"u8, "APIResourceList");
            writer.WriteString("apiVersion"u8, "v1");
            writer.WriteString("groupVersion"u8, groupVersion.ToString());
            writer.WriteStartArray("resources"u8);
            foreach (var resource in resources)
            {
                WriteResource(writer, resource);
                foreach (var subresource in resource.Subresources)
                    WriteSubresource(writer, resource, subresource);
            }

            writer.WriteEndArray();
        }));
    }

    private IEnumerable<IGrouping<string, ResourceInfo>> Groups() => catalog.All.Select(r => r.Info)
        .Where(r => r.GroupVersion.Group.Length > 0).GroupBy(r => r.GroupVersion.Group).OrderBy(g => g.Key, StringComparer.Ordinal);

    private static void WriteGroup(Utf8JsonWriter writer, IGrouping<string, ResourceInfo> group)
    {
        var versions = group.Select(r => r.GroupVersion).Distinct().OrderByDescending(v => v.Version, StringComparer.Ordinal).ToList();
        writer.WriteString("name"u8, group.Key);
        writer.WriteStartArray("versions"u8);
        foreach (var version in versions)
        {
            writer.WriteStartObject();
            WriteVersion(writer, version);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("preferredVersion"u8);
        WriteVersion(writer, versions[0]);
        writer.WriteEndObject();
    }

    private static void WriteVersion(Utf8JsonWriter writer, GroupVersion version)
    {
        writer.WriteString("groupVersion"u8, version.ToString());
        writer.WriteString("version"u8, version.Version);
    }

    private static void WriteResource(Utf8JsonWriter writer, ResourceInfo resource)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, resource.Plural);
        writer.WriteString("singularName"u8, resource.Singular);
        writer.WriteBoolean("namespaced"u8, resource.Namespaced);
        writer.WriteString("kind"u8, resource.Kind);
        WriteStrings(writer, "verbs"u8, resource.Verbs);
        if (resource.ShortNames.Count > 0)
            WriteStrings(writer, "shortNames"u8, resource.ShortNames);
        if (resource.Categories.Count > 0)
            WriteStrings(writer, "categories"u8, resource.Categories);
        writer.WriteEndObject();
    }

    private static void WriteSubresource(Utf8JsonWriter writer, ResourceInfo resource, SubresourceInfo subresource)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, $"{resource.Plural}/{subresource.Name}");
        writer.WriteString("singularName"u8, "");
        writer.WriteBoolean("namespaced"u8, resource.Namespaced);
        if (subresource.GroupVersion != resource.GroupVersion)
        {
            writer.WriteString("group"u8, subresource.GroupVersion.Group);
            writer.WriteString("version"u8, subresource.GroupVersion.Version);
        }

        writer.WriteString("kind"u8, subresource.Kind);
        WriteStrings(writer, "verbs"u8, SubresourceVerbs.Of(subresource.Name));
        writer.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    private static byte[] Write(Action<Utf8JsonWriter, object?> body)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Value.WriterOptions))
        {
            writer.WriteStartObject();
            body(writer, null);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
