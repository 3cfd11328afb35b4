namespace Xebec.ApiServer.FlowControl;

/// <summary>A priority level as it is now; valid only while its lock is held.</summary>
internal readonly record struct PriorityLevelState(FairQueues Queues, int SeatsInUse, int Executing, int CurrentLimit);
