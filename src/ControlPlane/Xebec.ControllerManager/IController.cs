namespace Xebec.ControllerManager;

/// <summary>One controller: it asked for its informers when it was made, and runs until it is cancelled.</summary>
internal interface IController
{
    Task RunAsync(CancellationToken cancellation);
}
