using Microsoft.Extensions.Logging.Abstractions;
using Xebec.ApiServer.Audit;
using Xebec.ComponentBase.Metrics;

namespace Xebec.ApiServer.Tests.Audit;

public sealed class AuditLogTests
{
    [Theory]
    [InlineData(4, 1)]
    [InlineData(10_000, 64 * 1024 * 1024)]
    public async Task Requests_wait_for_the_log_and_none_gets_past_it(int bufferedEvents, long bytes)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("audit.log");
        var options = new AuditOptions { PolicyFile = "", LogPath = path, BufferedEvents = bufferedEvents };
        var written = new TaskCompletionSource<ReadOnlyMemory<byte>>();
        await using (var log = new AuditLog(options, new MetricsRegistry(), TimeProvider.System, NullLogger.Instance))
        {
            // The writer stands still at the first.
            await log.WaitForRoomAsync(CancellationToken.None);
            log.Add(Event("1", bytes, () => new ValueTask<ReadOnlyMemory<byte>>(written.Task)));
            if (bytes == 1)
                log.Add(Event("2", bytes, null));
            var waiting = log.WaitForRoomAsync(CancellationToken.None).AsTask();
            Assert.False(waiting.IsCompleted);
            using var gone = new CancellationTokenSource();
            var cancelled = log.WaitForRoomAsync(gone.Token).AsTask();
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
            written.SetResult("{}"u8.ToArray());
            await waiting;
            log.Add(Event("3", bytes, null));
        }

        var lines = await File.ReadAllLinesAsync(path);
        Assert.Equal(bytes == 1 ? 3 : 2, lines.Length);
    }

    private static AuditEvent Event(string id, long bytes, Func<ValueTask<ReadOnlyMemory<byte>>>? body) => new()
    {
        Level = AuditLevel.RequestResponse,
        AuditId = id,
        Stage = AuditStages.ResponseComplete,
        RequestUri = "/",
        Verb = "get",
        User = null,
        ImpersonatedUser = null,
        SourceIps = [],
        UserAgent = "",
        ObjectReference = null,
        Code = 200,
        Failure = null,
        RequestObject = null,
        ResponseObject = body,
        BodyBytes = bytes,
        OmitManagedFields = false,
        Received = DateTimeOffset.UnixEpoch,
        At = DateTimeOffset.UnixEpoch,
        Annotations = [],
    };
}
