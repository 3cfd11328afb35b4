using Microsoft.Extensions.Logging;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.FlowControl;

/// <summary>Keeps the bootstrap objects, once a minute, and the Dangling condition of FlowSchemas, at every change.</summary>
internal sealed partial class FlowControlMaintenance(
    FlowControlBootstrap bootstrap, ResourceWriter writer, ResourceCatalog catalog, TimeProvider time, ILogger<FlowControlMaintenance> logger)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private readonly ServedResource _schemas = catalog.Find(FlowControlObjects.Group, "v1", "flowschemas")!;
    private readonly ServedResource _levels = catalog.Find(FlowControlObjects.Group, "v1", "prioritylevelconfigurations")!;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var changed = new Wakeup();
        _schemas.Cache.Watchers.Add(changed);
        _levels.Cache.Watchers.Add(changed);
        using var stop = cancellationToken.Register(changed.Signal);
        using var tick = time.CreateTimer(static w => ((Wakeup)w!).Signal(), changed, Period, Period);
        var ensured = time.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested)
        {
            var isTime = time.GetElapsedTime(ensured) >= Period;
            await TryAsync(isTime, cancellationToken);
            if (isTime)
                ensured = time.GetTimestamp();
            await changed.WaitAsync();
        }

        _schemas.Cache.Watchers.Remove(changed);
        _levels.Cache.Watchers.Remove(changed);
    }

    /// <summary>The Dangling condition of a FlowSchema, null when it says so already. Pure.</summary>
    internal static ObjectValue? Condition(ObjectValue schema, bool levelExists, DateTimeOffset now)
    {
        var level = schema.GetObject("spec")?.GetObject("priorityLevelConfiguration")?.GetString("name");
        var stored = schema.GetObject("status")?.GetList("conditions")?.OfType<ObjectValue>().FirstOrDefault(c => c.GetString("type") == "Dangling");
        var (status, reason) = levelExists ? ("False", "Found") : ("True", "NotFound");
        var message = $"This FlowSchema references the PriorityLevelConfiguration object named \"{level}\" " +
            (levelExists ? "and it exists" : "but there is no such object");
        if (stored?.GetString("status") == status && stored.GetString("reason") == reason && stored.GetString("message") == message)
            return null;
        var since = stored?.GetString("status") == status ? stored.GetString("lastTransitionTime") : null;
        return new ObjectValue
        {
            { "type", "Dangling" },
            { "status", status },
            { "lastTransitionTime", since ?? ObjectMetadata.Timestamp(now) },
            { "reason", reason },
            { "message", message },
        };
    }

    private async Task TryAsync(bool ensures, CancellationToken cancellationToken)
    {
        try
        {
            if (ensures)
                await bootstrap.RunAsync(cancellationToken);
            foreach (var schema in _schemas.Cache.Snapshot.Ordered)
                await MarkAsync(schema, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e);
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task MarkAsync(CachedObject schema, CancellationToken cancellationToken)
    {
        if (With(schema.ToTree()) is null)
            return;
        var request = new WriteRequest
        {
            Resource = _schemas,
            Namespace = "",
            Name = schema.Facts.Name,
            Subresource = "status",
            User = UserInfo.Self,
            FieldManager = "api-priority-and-fairness-config-consumer-v1",
        };
        try
        {
            await writer.UpdateAsync(request, tree => With(tree) ?? tree, cancellationToken);
        }
        catch (ApiException e) when (e.Reason is StatusReason.NotFound or StatusReason.Conflict)
        {
            // Deleted or written meanwhile, which wakes this again.
        }
    }

    private ObjectValue? With(ObjectValue schema)
    {
        var level = schema.GetObject("spec")?.GetObject("priorityLevelConfiguration")?.GetString("name") ?? "";
        if (Condition(schema, _levels.Cache.Snapshot.Objects.ContainsKey(_levels.Key("", level)), time.GetUtcNow()) is not { } condition)
            return null;
        var status = schema.GetOrAddObject("status");
        var others = (status.GetList("conditions") ?? []).Where(c => c.AsObject()?.GetString("type") != "Dangling").Select(c => c.DeepClone());
        status["conditions"] = new ListValue([.. others, condition]);
        return schema;
    }

    [LoggerMessage(EventId = 1350, Level = LogLevel.Warning, Message = "Keeping FlowSchemas and PriorityLevelConfigurations failed; trying again")]
    private partial void LogFailed(Exception exception);
}
