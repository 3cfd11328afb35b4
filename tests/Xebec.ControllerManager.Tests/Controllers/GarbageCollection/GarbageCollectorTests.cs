using Xebec.Api.Core.V1;
using Xebec.Api.Meta.V1;
using Xebec.Client;
using Xebec.ControllerManager.Controllers.GarbageCollection;
using DeleteOptions = Xebec.Api.Meta.V1.DeleteOptions;

namespace Xebec.ControllerManager.Tests.Controllers.GarbageCollection;

public sealed class GarbageCollectorTests
{
    [Fact]
    public async Task DependentsOfADeletedOwnerGoWithTheirOwnDependents()
    {
        await using var running = new RunningControllers();
        var owner = await CreateAsync(running, "owner");
        var middle = await CreateAsync(running, "middle", owner);
        await CreateAsync(running, "leaf", middle);
        await running.Client.DeleteAsync<ConfigMap>("ns", "owner");
        await running.UntilAsync<ConfigMap>("ns", c => c.Count == 0);
    }

    [Fact]
    public async Task AForegroundDeletionWaitsForTheDependents()
    {
        await using var running = new RunningControllers();
        var owner = await CreateAsync(running, "owner");
        var held = await CreateAsync(running, "held", owner, "example.com/hold");
        await running.Client.DeleteAsync<ConfigMap>("ns", "owner", new DeleteOptions { PropagationPolicy = "Foreground" });
        await running.UntilAsync<ConfigMap>("ns", c => c.Exists(x => x.Metadata is { Name: "held", DeletionTimestamp: not null }));
        Assert.Equal(2, (await running.Client.ListAsync<ConfigMap>("ns")).Items.Count);
        await running.Client.PatchAsync<ConfigMap>("ns", held.Metadata.Name, Patch.Merge("{\"metadata\":{\"finalizers\":[]}}"));
        await running.UntilAsync<ConfigMap>("ns", c => c.Count == 0);
    }

    [Fact]
    public async Task OrphansStay()
    {
        await using var running = new RunningControllers();
        var owner = await CreateAsync(running, "owner");
        await CreateAsync(running, "dependent", owner);
        await running.Client.DeleteAsync<ConfigMap>("ns", "owner", new DeleteOptions { PropagationPolicy = "Orphan" });
        var left = await running.UntilAsync<ConfigMap>("ns", c => c.Count == 1);
        Assert.Empty(left[0].Metadata.OwnerReferences);
    }

    [Fact]
    public async Task AnObjectWithAnotherLivingOwnerLosesOnlyTheReference()
    {
        await using var running = new RunningControllers();
        var (first, second) = (await CreateAsync(running, "first"), await CreateAsync(running, "second"));
        var shared = ApiObject("shared", first);
        shared.Metadata.OwnerReferences.Add(Reference(second));
        await running.Client.CreateAsync(shared);
        await running.Client.DeleteAsync<ConfigMap>("ns", "first");
        await running.UntilAsync<ConfigMap>(
            "ns", c => c.Exists(x => x.Metadata.Name == "shared" && x.Metadata.OwnerReferences is [{ Name: "second" }]));
    }

    [Theory]
    [InlineData(OwnerState.Solid, false, null)]
    [InlineData(OwnerState.Dangling, false, "Background")]
    [InlineData(OwnerState.Dangling, true, "Background")]
    [InlineData(OwnerState.WaitingForDependents, true, "Foreground")]
    [InlineData(OwnerState.WaitingForDependents, false, "Background")]
    internal void DecidesByTheOwnersState(OwnerState state, bool hasDependents, string? expected) =>
        Assert.Equal(expected, CollectionDecision.Make(new ObjectMeta(), [("uid", state)], hasDependents).Propagation);

    private static Task<ConfigMap> CreateAsync(RunningControllers running, string name, ConfigMap? owner = null, string? finalizer = null)
    {
        var obj = ApiObject(name, owner);
        if (finalizer is not null)
            obj.Metadata.Finalizers.Add(finalizer);
        return running.Client.CreateAsync(obj);
    }

    private static ConfigMap ApiObject(string name, ConfigMap? owner) => new()
    {
        Metadata = { Name = name, Namespace = "ns", OwnerReferences = owner is null ? [] : [Reference(owner)] },
    };

    private static OwnerReference Reference(ConfigMap owner) => new()
    {
        ApiVersion = "v1", Kind = "ConfigMap", Name = owner.Metadata.Name, Uid = owner.Metadata.Uid, BlockOwnerDeletion = true,
    };
}
