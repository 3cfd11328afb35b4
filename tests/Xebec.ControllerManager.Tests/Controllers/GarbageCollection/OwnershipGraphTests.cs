using Xebec.Api;
using Xebec.Api.Meta.V1;
using Xebec.ApiMachinery.Resources;
using Xebec.ControllerManager.Controllers.GarbageCollection;

namespace Xebec.ControllerManager.Tests.Controllers.GarbageCollection;

public sealed class OwnershipGraphTests
{
    private static readonly ResourceInfo ConfigMaps = BuiltIn.Resources.Single(r => r.Plural == "configmaps");
    private readonly OwnershipGraph _graph = new(_ => ConfigMaps);
    private readonly string _owner = Guid.NewGuid().ToString();
    private readonly string _dependent = Guid.NewGuid().ToString();

    [Fact]
    public void An_object_that_nobody_owns_becomes_an_owner_when_its_first_dependent_comes()
    {
        Assert.Empty(_graph.Set(ConfigMaps, Metadata("owner", _owner)));
        Assert.Null(_graph.Find(_owner));
        Assert.Empty(_graph.Set(ConfigMaps, Metadata("dependent", _dependent, _owner)));
        Assert.False(_graph.Find(_owner)!.IsVirtual);
        Assert.Equal(new ObjectIdentity(ConfigMaps, "default", "owner", _owner), _graph.Find(_owner)!.Identity);
        Assert.Equal([_dependent], _graph.Remove(_owner));
    }

    [Fact]
    public void An_owner_that_was_removed_before_its_dependent_came_is_looked_up()
    {
        _graph.Set(ConfigMaps, Metadata("owner", _owner));
        Assert.Empty(_graph.Remove(_owner));
        Assert.Equal([_owner], _graph.Set(ConfigMaps, Metadata("dependent", _dependent, _owner)));
        Assert.True(_graph.Find(_owner)!.IsVirtual);
    }

    [Fact]
    public void An_object_that_gets_an_owner_later_is_its_dependent()
    {
        _graph.Set(ConfigMaps, Metadata("owner", _owner));
        _graph.Set(ConfigMaps, Metadata("dependent", _dependent));
        _graph.Set(ConfigMaps, Metadata("dependent", _dependent, _owner));
        Assert.Equal([_dependent], _graph.DependentsOf(_graph.Find(_owner)!).Select(d => d.Identity.Uid));
    }

    [Fact]
    public void An_object_that_nobody_owns_is_looked_at_when_it_waits_for_its_dependents()
    {
        _graph.Set(ConfigMaps, Metadata("owner", _owner));
        var deleted = Metadata("owner", _owner);
        deleted.DeletionTimestamp = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        deleted.Finalizers = [OwnershipGraph.ForegroundDeletion];
        Assert.Equal([_owner], _graph.Set(ConfigMaps, deleted));
    }

    private static ObjectMeta Metadata(string name, string uid, string? owner = null)
    {
        var metadata = new ObjectMeta { Name = name, Namespace = "default", Uid = uid };
        if (owner is not null)
            metadata.OwnerReferences.Add(new OwnerReference { ApiVersion = "v1", Kind = "ConfigMap", Name = "owner", Uid = owner });
        return metadata;
    }
}
