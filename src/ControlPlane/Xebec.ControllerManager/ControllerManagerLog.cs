using Microsoft.Extensions.Logging;

namespace Xebec.ControllerManager;

/// <summary>What the controller manager logs; event ids 2000 to 2099.</summary>
internal static partial class ControllerManagerLog
{
    [LoggerMessage(2000, LogLevel.Error, "Controller failed, starting it again controller=\"{Controller}\"")]
    public static partial void Failed(ILogger logger, Exception e, string controller);
}
