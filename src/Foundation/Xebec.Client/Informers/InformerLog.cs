using Microsoft.Extensions.Logging;
using Xebec.ApiMachinery.Resources;

namespace Xebec.Client.Informers;

/// <summary>What informers log; event ids 1100 to 1119.</summary>
internal static partial class InformerLog
{
    [LoggerMessage(1100, LogLevel.Error, "Informer handler failed type=\"{Type}\" object=\"{Name}\"")]
    public static partial void HandlerFailed(ILogger logger, Exception e, string type, NamespacedName name);

    [LoggerMessage(1101, LogLevel.Information, "Watch expired, listing again resource=\"{Resource}\" reason=\"{Reason}\"")]
    public static partial void Expired(ILogger logger, ResourceInfo resource, string reason);

    [LoggerMessage(1102, LogLevel.Warning,
        "List or watch failed, trying again resource=\"{Resource}\" failures={Failures} err=\"{Error}\"")]
    public static partial void Interrupted(ILogger logger, ResourceInfo resource, int failures, string error);

    [LoggerMessage(1103, LogLevel.Warning,
        "The server went back to an older state, listing again resource=\"{Resource}\" known={Known} server={Server}")]
    public static partial void WentBack(ILogger logger, ResourceInfo resource, ulong known, ulong server);

    [LoggerMessage(1104, LogLevel.Error, "Informer index failed type=\"{Type}\" object=\"{Name}\"")]
    public static partial void IndexFailed(ILogger logger, Exception e, string type, NamespacedName name);
}
