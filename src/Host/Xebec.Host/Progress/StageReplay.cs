namespace Xebec.Host.Progress;

/// <summary>Shows, in this process, the stages that a detached xebec goes through.</summary>
internal sealed class StageReplay(TextReader events, IStageRunner stages)
{
    /// <summary>Returns when the other is ready.</summary>
    /// <exception cref="HostException">It failed, or ended before it was ready.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = await ReadAsync(cancellationToken).ConfigureAwait(false);
            if (next.Kind == StageEvent.Ready) return;
            if (next.Kind == StageEvent.Line) stages.WriteLine(next.Text);
            if (next.Kind == StageEvent.Started)
                await stages.RunAsync(next.Title, stage => FinishAsync(stage, cancellationToken)).ConfigureAwait(false);
        }
    }

    private async Task<string> FinishAsync(IStage stage, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = await ReadAsync(cancellationToken).ConfigureAwait(false);
            if (next.Kind == StageEvent.Done) return next.Text;
            if (next.Kind == StageEvent.Failed) throw new HostException(next.Text);
            if (next.Kind == StageEvent.Said) stage.Say(next.Text);
        }
    }

    private async Task<StageEvent> ReadAsync(CancellationToken cancellationToken) =>
        await events.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line
            ? StageEvent.Parse(line)
            : throw new HostException("the detached process ended before the cluster was ready; see the log file in the data folder");
}
