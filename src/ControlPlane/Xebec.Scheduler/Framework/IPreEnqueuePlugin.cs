using Xebec.Api.Core.V1;

namespace Xebec.Scheduler.Framework;

/// <summary>Decides whether a pod may enter the active queue at all.</summary>
internal interface IPreEnqueuePlugin : IPlugin
{
    Status? PreEnqueue(Pod pod);
}
