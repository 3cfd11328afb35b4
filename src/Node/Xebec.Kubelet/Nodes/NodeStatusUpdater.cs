using Microsoft.Extensions.Logging;
using Xebec.Client;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Nodes;

/// <summary>Registers the node, and writes its status when it changes and every five minutes.</summary>
internal sealed class NodeStatusUpdater(
    ApiClient client, IContainerRuntime runtime, NodeState initial, TimeProvider time, ILogger logger, Func<NodePressure> pressure,
        Func<int> serverPort)
{
    private static readonly TimeSpan CheckPeriod = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan QuickPeriod = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ReportPeriod = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ImagesPeriod = TimeSpan.FromMinutes(1);
    private NodeState _state = initial;
    private NodeStatus? _written;
    private DateTimeOffset _writtenAt;
    private DateTimeOffset _imagesAt;

    public string NodeUid { get; private set; } = "";

    /// <summary>Creates the node's object, or takes over the one that is there; tries until it works.</summary>
    public async Task RegisterAsync(CancellationToken cancellation)
    {
        for (var wait = QuickPeriod; ; wait = wait < TimeSpan.FromSeconds(7) ? wait * 2 : wait)
        {
            try
            {
                await ObserveAsync(cancellation);
                var node = await CreateOrAdoptAsync(cancellation);
                (NodeUid, _written, _writtenAt) = (node.Metadata.Uid, node.Status, time.GetUtcNow());
                return;
            }
            catch (Exception e) when (e is ApiErrorException or HttpRequestException or TimeoutException)
            {
                KubeletLog.RegisterFailed(logger, _state.Options.NodeName, e.Message);
                await Task.Delay(wait, time, cancellation);
            }
        }
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await ObserveAsync(cancellation);
                await WriteIfChangedAsync(cancellation);
            }
            catch (Exception e) when (e is ApiErrorException or HttpRequestException or TimeoutException)
            {
                KubeletLog.NodeUpdateFailed(logger, _state.Options.NodeName, e.Message);
                if (e is ApiErrorException { IsNotFound: true })
                    await RegisterAsync(cancellation);
            }

            await Task.Delay(IsReady() ? CheckPeriod : QuickPeriod, time, cancellation).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool IsReady() => _written?.Conditions.Find(c => c.Type == NodeConditionType.Ready)?.Status == "True";

    private async Task ObserveAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        _state = _state with { Now = now, Pressure = pressure(), ServerPort = serverPort() };
        try
        {
            if (_state.Runtime.Version.Length == 0)
                _state = _state with { Runtime = await runtime.VersionAsync(cancellation) };
            _state = _state with { RuntimeStatus = await runtime.StatusAsync(cancellation), RuntimeError = "" };
            if (now - _imagesAt >= ImagesPeriod)
            {
                _state = _state with { Images = await runtime.ListImagesAsync(null, cancellation) };
                _imagesAt = now;
            }
        }
        catch (RuntimeException e)
        {
            _state = _state with { RuntimeError = e.Message };
        }
    }

    private async Task<Node> CreateOrAdoptAsync(CancellationToken cancellation)
    {
        try
        {
            return await client.CreateAsync(NodeStatusGenerator.NewNode(_state), cancellation: cancellation);
        }
        catch (ApiErrorException e) when (e.IsAlreadyExists)
        {
            var node = await client.GetAsync<Node>("", _state.Options.NodeName, cancellation);
            await LabelAsync(node, cancellation);
            _written = node.Status;
            return await WriteAsync(NodeStatusGenerator.Generate(_state, node.Status), cancellation);
        }
    }

    private async Task LabelAsync(Node node, CancellationToken cancellation)
    {
        var labels = new ApiMachinery.Values.ObjectValue();
        foreach (var (key, value) in NodeStatusGenerator.Labels(_state))
        {
            if (node.Metadata.Labels.GetValueOrDefault(key) != value)
                labels.Add(key, value);
        }

        if (labels.Count == 0)
            return;
        var body = new ApiMachinery.Values.ObjectValue { { "metadata", new ApiMachinery.Values.ObjectValue { { "labels", labels } } } };
        await client.PatchAsync<Node>("", node.Metadata.Name, Patch.Merge(body), cancellation: cancellation);
    }

    // Others write conditions too: the node controller says Unknown of a node that was silent, and only its kubelet takes it back.
    private async Task WriteIfChangedAsync(CancellationToken cancellation)
    {
        _written = (await client.GetAsync<Node>("", _state.Options.NodeName, cancellation)).Status;
        var status = NodeStatusGenerator.Generate(_state, _written!);
        if (time.GetUtcNow() - _writtenAt < ReportPeriod && IsSame(status, _written!))
            return;
        await WriteAsync(status, cancellation);
    }

    /// <summary>Whether they differ in nothing but the time of the heartbeat.</summary>
    private static bool IsSame(NodeStatus status, NodeStatus written)
    {
        var compared = status.DeepClone();
        foreach (var condition in compared.Conditions)
            condition.LastHeartbeatTime = written.Conditions.Find(c => c.Type == condition.Type)?.LastHeartbeatTime;
        return ApiJson.ContentEquals(compared, written);
    }

    private async Task<Node> WriteAsync(NodeStatus status, CancellationToken cancellation)
    {
        var patch = NodeStatusPatch.Build(_written ?? new NodeStatus(), status);
        var node = await client.PatchAsync<Node>("", _state.Options.NodeName, Patch.Strategic(patch), "status", cancellation: cancellation);
        (_written, _writtenAt) = (node.Status, time.GetUtcNow());
        return node;
    }
}
