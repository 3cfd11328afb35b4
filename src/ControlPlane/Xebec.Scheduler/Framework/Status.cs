namespace Xebec.Scheduler.Framework;

/// <summary>A plugin's refusal with its reasons; null stands for success. Immutable, so the common ones are shared.</summary>
internal sealed class Status(StatusCode code, string plugin, params string[] reasons)
{
    public static readonly Status Skip = new(StatusCode.Skip, "");

    public StatusCode Code => code;

    public string Plugin => plugin;

    public string[] Reasons => reasons;

    public bool IsRejection => code is StatusCode.Unschedulable or StatusCode.UnschedulableAndUnresolvable;

    public string Message => string.Join(", ", reasons);

    public static Status Unschedulable(string plugin, params string[] reasons) => new(StatusCode.Unschedulable, plugin, reasons);

    public static Status Unresolvable(string plugin, params string[] reasons) => new(StatusCode.UnschedulableAndUnresolvable, plugin, reasons);
}
