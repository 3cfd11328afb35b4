using Xebec.Api.Core.V1;
using Xebec.Scheduler.Cache;
using static Xebec.Scheduler.Tests.Sample;

namespace Xebec.Scheduler.Tests.Plugins;

/// <summary>Pods with claims.</summary>
public sealed class VolumeTests
{
    [Fact]
    public void A_missing_claim_is_named() => Assert.Equal(
        "0/1 nodes are available: persistentvolumeclaim \"data\" not found.", Reason(new ClusterObjects()));

    [Fact]
    public void An_unbound_claim_is_waited_for() => Assert.Equal(
        "0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.", Reason(Objects(new PersistentVolumeClaim(), null)));

    [Fact]
    public void A_pod_goes_to_the_node_and_the_zone_of_its_volume()
    {
        var volume = new PersistentVolume();
        volume.Metadata.Labels["topology.kubernetes.io/zone"] = "b__c";
        Assert.Equal("0/1 nodes are available: 1 node(s) had no available volume zone.", Reason(Objects(Bound(), volume)));
        volume.Spec.NodeAffinity = new VolumeNodeAffinity
        {
            Required = new NodeSelector { NodeSelectorTerms = [new NodeSelectorTerm { MatchExpressions = [new NodeSelectorRequirement { Key = "kubernetes.io/hostname", Operator = "In", Values = ["m"] }] }] },
        };
        Assert.Equal("0/1 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity.", Reason(Objects(Bound(), volume)));
        volume.Spec.NodeAffinity.Required.NodeSelectorTerms[0].MatchExpressions[0].Values = ["n"];
        volume.Metadata.Labels["topology.kubernetes.io/zone"] = "a__c";
        Assert.Equal("fits on n", Reason(Objects(Bound(), volume)));
    }

    [Fact]
    public void A_ReadWriteOncePod_claim_has_one_pod()
    {
        var claim = Bound();
        claim.Spec.AccessModes = ["ReadWriteOncePod"];
        var objects = Objects(claim, new PersistentVolume());
        var decision = Scheduling.Decide(WithClaim("p"), objects, NodeInfo(Node("n"), WithClaim("q")));
        Assert.Equal(
            "0/1 nodes are available: 1 node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode.", Scheduling.Reason(decision));
    }

    private static string Reason(ClusterObjects objects) =>
        Scheduling.Reason(Scheduling.Decide(WithClaim("p"), objects, NodeInfo(Node("n", change: n => n.Metadata.Labels["topology.kubernetes.io/zone"] = "a"))));

    private static Scheduler.Framework.PodInfo WithClaim(string name) => Info(name, change: p =>
        p.Spec.Volumes.Add(new Volume { Name = "v", PersistentVolumeClaim = new PersistentVolumeClaimVolumeSource { ClaimName = "data" } }));

    private static PersistentVolumeClaim Bound()
    {
        var claim = new PersistentVolumeClaim();
        claim.Spec.VolumeName = "pv";
        claim.Metadata.Annotations["pv.kubernetes.io/bind-completed"] = "yes";
        return claim;
    }

    private static ClusterObjects Objects(PersistentVolumeClaim claim, PersistentVolume? volume) =>
        new() { Claim = (_, name) => name == "data" ? claim : null, Volume = _ => volume };
}
