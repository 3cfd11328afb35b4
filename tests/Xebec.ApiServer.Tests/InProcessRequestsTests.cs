using Microsoft.AspNetCore.Http;

namespace Xebec.ApiServer.Tests;

public sealed class InProcessRequestsTests
{
    [Fact]
    public async Task A_server_that_stops_can_wait_for_the_requests_of_its_process()
    {
        var end = new TaskCompletionSource();
        var requests = new InProcessRequests(_ => end.Task);
        Assert.True(requests.Ended.IsCompleted);
        var running = requests.InvokeAsync(new DefaultHttpContext());
        var ended = requests.Ended;
        Assert.False(ended.IsCompleted);
        end.SetException(new IOException());
        await Assert.ThrowsAsync<IOException>(() => running);
        await ended;
    }
}
