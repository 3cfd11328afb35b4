namespace Xebec.Host.Progress;

/// <summary>Runs the stages of a command one after another and shows each, with its time, as it happens.</summary>
internal interface IStageRunner
{
    /// <summary>Runs one stage; the work returns the detail shown beside its title. A failure is shown, then thrown on.</summary>
    Task RunAsync(string title, Func<IStage, Task<string>> work);

    /// <summary>Prints a line of the command's result.</summary>
    void WriteLine(string text);
}
