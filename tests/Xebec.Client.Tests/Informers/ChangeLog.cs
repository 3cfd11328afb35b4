using Xebec.Api.Core.V1;
using Xebec.Client.Informers;

namespace Xebec.Client.Tests.Informers;

/// <summary>Writes down what an informer's handler sees: +added ~updated -deleted.</summary>
internal sealed class ChangeLog
{
    private readonly Lock _sync = new();
    private readonly List<string> _seen = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ChangeLog(SharedInformer<ConfigMap> informer, Func<string, bool>? isWanted = null) => informer.AddHandler((old, obj) =>
    {
        if (isWanted?.Invoke((obj ?? old)!.Metadata.Name) == false)
            return;
        lock (_sync)
        {
            _seen.Add((old is null ? "+" : obj is null ? "-" : "~") + (obj ?? old)!.Metadata.Name);
            _changed.TrySetResult();
        }
    });

    public string Seen
    {
        get
        {
            lock (_sync)
                return string.Join(' ', _seen);
        }
    }

    public async Task WaitAsync(string expected, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_sync)
            {
                if (string.Join(' ', _seen) == expected)
                    return;
                if (_changed.Task.IsCompleted)
                    _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                Assert.Equal(expected, string.Join(' ', _seen));
            }
        }
    }
}
