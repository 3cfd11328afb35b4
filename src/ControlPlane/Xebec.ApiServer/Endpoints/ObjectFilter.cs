using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Selectors;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Endpoints;

/// <summary>The label and field selector of a list or watch.</summary>
internal sealed class ObjectFilter
{
    private readonly LabelSelector? _labels;
    private readonly FieldSelector? _fields;
    private readonly string? _onlyName;

    private readonly ServedResource _resource;

    private ObjectFilter(LabelSelector? labels, FieldSelector? fields, ServedResource resource)
    {
        (_labels, _fields, _resource) = (labels, fields, resource);
        ReadsServedFields = resource.IsCustom && fields?.Requirements.Any(r => !r.Field.StartsWith("metadata.", StringComparison.Ordinal)) == true;
        _onlyName = fields is { Requirements: [{ Field: "metadata.name", IsEqual: true, Value: var name }] } ? name : null;
    }

    /// <summary>Whether it looks at fields that are not the same in every version.</summary>
    public bool ReadsServedFields { get; }

    /// <summary>True when everything matches.</summary>
    public bool IsEmpty => _labels is null && _fields is null;

    /// <summary>Reads the selectors of a request; naming one object is a selector too.</summary>
    /// <exception cref="Xebec.ApiMachinery.Errors.ApiException">400: malformed, or a field that is not selectable.</exception>
    public static ObjectFilter Read(ListOptions options, ServedResource resource, string name)
    {
        try
        {
            var labels = options.LabelSelector.Length > 0 ? LabelSelector.Parse(options.LabelSelector) : null;
            var fields = options.FieldSelector.Length > 0 ? SelectableFields.Parse(options.FieldSelector, resource) : null;
            if (name.Length > 0)
                fields = SelectableFields.Parse($"metadata.name={FieldSelector.Escape(name)}", resource);
            return new ObjectFilter(labels, fields, resource);
        }
        catch (FormatException e)
        {
            throw ApiErrors.BadRequest(e.Message);
        }
    }

    /// <summary>Whether an object matches.</summary>
    public bool Matches(CachedObject item) =>
        (_labels is null || _labels.Matches(item.Facts.Labels)) &&
        (_onlyName is not null ? item.IsNamed(_onlyName) : _fields is null || MatchesFields(ReadsServedFields ? _resource.Serve(item) : item));

    private bool MatchesFields(CachedObject item) => _fields!.Matches(path => SelectableFields.Read(item, path));
}
