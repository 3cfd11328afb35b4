using Xebec.Api.Core.V1;
using Xebec.Client;

namespace Xebec.ControllerManager.Tests.Controllers.StorageProtection;

public sealed class StorageProtectionTests
{
    [Fact]
    public async Task ADeletedClaimStaysUntilItsPodHasEnded()
    {
        await using var running = await RunningControllers.OverRealServerAsync();
        await running.Client.CreateAsync(new Namespace { Metadata = { Name = "ns" } });
        var claim = new PersistentVolumeClaim { Metadata = { Name = "c", Namespace = "ns" }, Spec = { AccessModes = ["ReadWriteOnce"] } };
        claim.Spec.Resources.Requests["storage"] = Xebec.ApiMachinery.Quantities.Quantity.Parse("1Gi");
        Assert.Equal(["kubernetes.io/pvc-protection"], (await running.Client.CreateAsync(claim)).Metadata.Finalizers);
        var pod = Sample.Pod("p");
        pod.Spec.NodeName = "n";
        pod.Spec.Volumes.Add(new Volume { Name = "v", PersistentVolumeClaim = new() { ClaimName = "c" } });
        await running.Client.CreateAsync(pod);
        await running.Client.DeleteAsync<PersistentVolumeClaim>("ns", "c");
        var held = await running.Client.GetAsync<PersistentVolumeClaim>("ns", "c");
        Assert.NotNull(held.Metadata.DeletionTimestamp);
        await running.Client.DeleteAsync<Pod>("ns", "p", new Api.Meta.V1.DeleteOptions { GracePeriodSeconds = 0 });
        await running.UntilAsync<PersistentVolumeClaim>("ns", claims => claims.Count == 0);
    }

    [Fact]
    public async Task ADeletedVolumeStaysWhileItIsBound()
    {
        await using var running = await RunningControllers.OverRealServerAsync();
        var volume = new PersistentVolume { Metadata = { Name = "v" }, Spec = { AccessModes = ["ReadWriteOnce"], HostPath = new() { Path = "/x" } } };
        volume.Spec.Capacity["storage"] = Xebec.ApiMachinery.Quantities.Quantity.Parse("1Gi");
        var made = await running.Client.CreateAsync(volume);
        Assert.Equal(["kubernetes.io/pv-protection"], made.Metadata.Finalizers);
        made.Status.Phase = "Bound";
        await running.Client.UpdateStatusAsync(made);
        await running.Client.DeleteAsync<PersistentVolume>("", "v");
        var held = await running.Client.GetAsync<PersistentVolume>("", "v");
        Assert.NotNull(held.Metadata.DeletionTimestamp);
        held.Status.Phase = "Released";
        await running.Client.UpdateStatusAsync(held);
        await running.UntilAsync<PersistentVolume>("", volumes => volumes.Count == 0);
    }
}
