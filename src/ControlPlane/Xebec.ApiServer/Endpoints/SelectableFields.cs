using System.Text.Json;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Selectors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Endpoints;

/// <summary>Field selectors: which fields a kind lets clients select by, and their values.</summary>
internal static class SelectableFields
{
    /// <summary>Parses a field selector and refuses fields the kind does not offer.</summary>
    /// <exception cref="ApiException">400, in upstream's words.</exception>
    public static FieldSelector Parse(string text, ServedResource resource)
    {
        var selector = FieldSelector.Parse(text);
        foreach (var requirement in selector.Requirements)
        {
            if (!IsOffered(requirement.Field, resource))
                throw ApiErrors.BadRequest(Unknown(requirement.Field, resource));
        }

        return selector;
    }

    // A kind with fields of its own that lives in no namespace does not offer that either.
    private static bool IsOffered(string field, ServedResource resource) => field switch
    {
        "metadata.name" => true,
        "metadata.namespace" => resource.Info.Namespaced || !HasOwnFields(resource),
        _ => resource.Info.SelectableFields.Contains(field),
    };

    private static bool HasOwnFields(ServedResource resource) => resource.IsCustom || resource.Info.SelectableFields.Count > 0;

    // Upstream's kinds refuse a field in words of their own; those with no fields of their own share one sentence.
    private static string Unknown(string field, ServedResource resource)
    {
        if (resource.Info is { Kind: "Job", GroupVersion.Group: "batch" })
            return $"field label {GoText.Quote(field)} not supported for Job";
        return HasOwnFields(resource)
            ? $"field label not supported: {field}"
            : $"{GoText.Quote(field)} is not a known field selector: only \"metadata.name\", \"metadata.namespace\"";
    }

    /// <summary>A field's value as selectors compare it; an absent field is its type's zero value.</summary>
    public static string Read(CachedObject item, string path)
    {
        if (path == "metadata.name")
            return item.Facts.Name;
        if (path == "metadata.namespace")
            return item.Facts.Namespace;
        return Zero(path, Find(item.Json, path == "source" ? "source.component" : path));
    }

    // Upstream's field sets print booleans and counters even when they are absent from the object.
    private static string Zero(string path, string? found) => found ?? path switch
    {
        "spec.unschedulable" or "spec.hostNetwork" => "false",
        "status.replicas" or "status.successful" => "0",
        _ => "",
    };

    private static string? Find(ReadOnlySpan<byte> json, string path)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Value.MaximumDepth });
        reader.Read();
        foreach (var segment in path.AsSpan().Split('.'))
        {
            if (reader.TokenType != JsonTokenType.StartObject || !StepInto(ref reader, path.AsSpan()[segment]))
                return null;
        }

        return reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            JsonTokenType.Number => System.Text.Encoding.ASCII.GetString(reader.ValueSpan),
            _ => null,
        };
    }

    private static bool StepInto(ref Utf8JsonReader reader, ReadOnlySpan<char> name)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            if (found)
                return true;
            reader.Skip();
        }

        return false;
    }
}
