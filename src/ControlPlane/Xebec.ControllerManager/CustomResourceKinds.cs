using Xebec.Api.Apiextensions.V1;
using Xebec.ApiMachinery.Resources;
using Xebec.Client.Informers;

namespace Xebec.ControllerManager;

/// <summary>The custom resources that are served now, as the definitions say: what controllers of all kinds work on besides the built-in ones.</summary>
internal sealed class CustomResourceKinds
{
    private readonly Lock _changing = new();
    private readonly Dictionary<string, ResourceInfo> _byName = new(StringComparer.Ordinal);
    private readonly SharedInformer<CustomResourceDefinition> _definitions;

    public CustomResourceKinds(InformerFactory informers)
    {
        _definitions = informers.For<CustomResourceDefinition>(Trim);
        _definitions.AddHandler((old, now) => Follow((now ?? old)!.Metadata.Name, now));
    }

    /// <summary>A resource is served from now on.</summary>
    public event Action<ResourceInfo>? Added;

    /// <summary>A resource is no longer served.</summary>
    public event Action<ResourceInfo>? Removed;

    /// <summary>Done when the definitions have been listed once.</summary>
    public Task Synced => _definitions.Synced;

    /// <summary>Every resource served now.</summary>
    public IReadOnlyList<ResourceInfo> All
    {
        get
        {
            lock (_changing)
                return [.. _byName.Values];
        }
    }

    /// <summary>The resource of a definition, in its stored version when that is served; null when it cannot be used yet.</summary>
    public static ResourceInfo? ResourceOf(CustomResourceDefinition definition)
    {
        var version = definition.Spec.Versions.Find(v => v is { Served: true, Storage: true }) ?? definition.Spec.Versions.Find(v => v.Served);
        var isEstablished = definition.Status?.Conditions.Exists(c => c is { Type: "Established", Status: "True" }) == true;
        if (version is null || !isEstablished)
            return null;
        var names = definition.Spec.Names;
        return new ResourceInfo
        {
            GroupVersion = new GroupVersion(definition.Spec.Group, version.Name),
            Kind = names.Kind,
            Plural = names.Plural,
            Singular = names.Singular,
            Namespaced = definition.Spec.Scope == "Namespaced",
            StorageFolder = $"{definition.Spec.Group}/{names.Plural}",
        };
    }

    private void Follow(string name, CustomResourceDefinition? definition)
    {
        var now = definition is null ? null : ResourceOf(definition);
        ResourceInfo? before;
        lock (_changing)
        {
            before = _byName.GetValueOrDefault(name);
            if (before?.GroupVersion == now?.GroupVersion && before?.Kind == now?.Kind)
                return;
            if (now is null)
                _byName.Remove(name);
            else
                _byName[name] = now;
        }

        if (before is not null)
            Removed?.Invoke(before);
        if (now is not null)
            Added?.Invoke(now);
    }

    // Schemas are most of a definition and nothing here.
    private static void Trim(CustomResourceDefinition definition)
    {
        definition.Metadata.ManagedFields = [];
        definition.Metadata.Annotations = [];
        foreach (var version in definition.Spec.Versions)
        {
            version.Schema = null;
            version.AdditionalPrinterColumns = [];
        }
    }
}
