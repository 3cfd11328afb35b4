namespace Xebec.Kubelet.Cri.Linux;

/// <summary>Runs code in another network namespace: sockets it makes and /proc/sys/net it opens belong there.</summary>
internal static class NetworkNamespace
{
    /// <summary>Runs at once for a null path (our own namespace), else on a thread of its own that ends with the work.</summary>
    public static Task RunAsync(string? path, Action work)
    {
        if (path is null)
        {
            work();
            return Task.CompletedTask;
        }
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => RunInside(path, work, done)) { IsBackground = true, Name = "netns" };
        thread.Start();
        return done.Task;
    }

    private static void RunInside(string path, Action work, TaskCompletionSource done)
    {
        try
        {
            using (var file = File.OpenHandle(path))
                Libc.EnterNetworkNamespace(file);
            work();
            done.SetResult();
        }
        catch (Exception error)
        {
            done.SetException(error);
        }
    }
}
