using System.Net;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Tests.Conformance;

namespace Xebec.ApiServer.Tests.Registry.Core;

/// <summary>What the server makes of an object of the core group before it stores it: a change of the sample and a part of what comes back.</summary>
public sealed class CoreStrategyTests(KindServer fixture) : IClassFixture<KindServer>
{
    [Theory]
    [InlineData("persistentvolumes", """{"status":{"phase":"Bound"}}""", "status.phase", "\"Pending\"")]
    [InlineData("persistentvolumes", "{}", "status.lastPhaseTransitionTime", "\"2026-11-23T12:00:00Z\"")]
    [InlineData("persistentvolumeclaims", """{"status":{"phase":"Bound"}}""", "status", """{"phase":"Pending"}""")]
    [InlineData(
        "persistentvolumeclaims", """{"spec":{"dataSource":{"kind":"PersistentVolumeClaim","name":"c"}}}""", "spec.dataSourceRef",
        """{"apiGroup":null,"kind":"PersistentVolumeClaim","name":"c"}""")]
    [InlineData(
        "persistentvolumeclaims", """{"spec":{"dataSourceRef":{"kind":"PersistentVolumeClaim","name":"c"}}}""", "spec.dataSource",
        """{"apiGroup":null,"kind":"PersistentVolumeClaim","name":"c"}""")]
    [InlineData("nodes", """{"status":{"nodeInfo":{"machineID":"m"}}}""", "status.nodeInfo.machineID", "\"m\"")]
    [InlineData("serviceaccounts", """{"secrets":[{"name":"s","namespace":"n","kind":"Secret"}]}""", "secrets", """[{"name":"s"}]""")]
    [InlineData("podtemplates", "{}", "metadata.generation", "1")]
    [InlineData("pods", """{"status":{"phase":"Running"}}""", "status.phase", "\"Pending\"")]
    [InlineData(
        "pods", """{"spec":{"containers":[{"name":"c","image":"i","resources":{"limits":{"cpu":"1","memory":"1Gi"}}}]}}""", "status.qosClass", "\"Guaranteed\"")]
    [InlineData(
        "pods", """{"spec":{"containers":[{"name":"c","image":"i","resources":{"requests":{"cpu":"0"},"limits":{"cpu":"1","memory":"1Gi"}}}]}}""",
        "status.qosClass", "\"Burstable\"")]
    [InlineData("pods", """{"spec":{"resources":{"limits":{"cpu":"1","memory":"1Gi"}}}}""", "status.qosClass", "\"Guaranteed\"")]
    [InlineData("pods", """{"spec":{"schedulingGroup":{"podGroupName":"g"}}}""", "spec.schedulingGroup", null)]
    [InlineData(
        "pods", """
        {"metadata":{"labels":{"a":"x"}},"spec":{"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"k","whenUnsatisfiable":"DoNotSchedule",
         "labelSelector":{"matchLabels":{"b":"y"}},"matchLabelKeys":["a"]}]}}
        """,
        "spec.topologySpreadConstraints.0.labelSelector.matchExpressions", """[{"key":"a","operator":"In","values":["x"]}]""")]
    [InlineData("pods", """{"spec":{"containers":[{"name":"c","image":"i","lifecycle":{"stopSignal":"SIGHUP"}}]}}""", "spec.containers.0.lifecycle", null)]
    public async Task Objects_are_prepared(string plural, string change, string path, string? expected)
    {
        var kind = await fixture.ClientAsync("", "v1", plural);
        var sent = kind.NewObject();
        Merge(sent, (ObjectValue)Value.Parse(change));
        var created = await kind.OkAsync(HttpMethod.Post, kind.Path, sent.ToString(), code: HttpStatusCode.Created);
        Assert.Equal(expected, Find(created, path)?.ToString());
    }

    [Theory]
    [InlineData("services")]
    [InlineData("endpoints")]
    [InlineData("limitranges")]
    public async Task A_put_creates(string plural)
    {
        var kind = await fixture.ClientAsync("", "v1", plural);
        var sent = kind.NewObject();
        await kind.OkAsync(HttpMethod.Put, kind.PathOf(sent), sent.ToString(), code: HttpStatusCode.Created);
        Assert.Equal(KindClient.NameOf(sent), KindClient.NameOf(await kind.GetAsync(sent)));
    }

    private static void Merge(ObjectValue target, ObjectValue change)
    {
        foreach (var (name, value) in change)
        {
            if (value is ObjectValue inner && target[name] is ObjectValue present)
                Merge(present, inner);
            else
                target[name] = value.DeepClone();
        }
    }

    private static Value? Find(Value? value, string path)
    {
        foreach (var step in path.Split('.'))
            value = value is ListValue list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : value?.AsObject()?[step];
        return value;
    }
}
