namespace Xebec.Host.Progress;

/// <summary>Stages as events in a pipe to the process that started this one, and as plain lines in the log.</summary>
internal sealed class PipeStageRunner(TextWriter pipe, IStageRunner log) : IStageRunner
{
    public async Task RunAsync(string title, Func<IStage, Task<string>> work)
    {
        Send(new StageEvent(StageEvent.Started, title, ""));
        try
        {
            await log.RunAsync(title, async stage =>
            {
                var detail = await work(new Stage(this, stage, title)).ConfigureAwait(false);
                Send(new StageEvent(StageEvent.Done, title, detail));
                return detail;
            }).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Send(new StageEvent(StageEvent.Failed, title, exception.Message));
            throw;
        }
    }

    public void WriteLine(string text)
    {
        log.WriteLine(text);
        Send(new StageEvent(StageEvent.Line, "", text));
    }

    /// <summary>Says that the cluster is ready: the starter returns.</summary>
    public void SendReady() => Send(new StageEvent(StageEvent.Ready, "", ""));

    private void Send(StageEvent stageEvent)
    {
        try
        {
            pipe.WriteLine(stageEvent.ToString());
            pipe.Flush();
        }
        catch (IOException)
        {
            // The starter has gone; the cluster runs on without it.
        }
    }

    private sealed class Stage(PipeStageRunner owner, IStage log, string title) : IStage
    {
        public void Say(string text)
        {
            log.Say(text);
            owner.Send(new StageEvent(StageEvent.Said, title, text));
        }
    }
}
