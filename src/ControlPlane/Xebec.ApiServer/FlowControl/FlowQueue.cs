namespace Xebec.ApiServer.FlowControl;

/// <summary>One queue of a priority level: who waits in it, and what those that left it for execution hold. Changed under the level's lock.</summary>
internal sealed class FlowQueue(int index)
{
    /// <summary>The least that a request is thought to run.</summary>
    public const double ShortestGuessSeconds = 0.003;

    /// <summary>Its number among the level's queues.</summary>
    public int Index { get; } = index;

    /// <summary>Who waits, the first to come first.</summary>
    public LinkedList<WaitingRequest> Waiting { get; } = new();

    /// <summary>Requests that run now.</summary>
    public int Executing { get; set; }

    /// <summary>The seats of those that run now.</summary>
    public int SeatsInUse { get; set; }

    /// <summary>The seats that those who wait want.</summary>
    public int SeatsWaiting { get; set; }

    /// <summary>The virtual time at which its next request would begin if every queue had an equal part, in seat seconds.</summary>
    public double NextStart { get; set; }

    /// <summary>How long a request of it is thought to run, in seconds: as long as the last one did.</summary>
    public double GuessedSeconds { get; set; } = ShortestGuessSeconds;

    /// <summary>What those that run now were charged when they began, in seat seconds.</summary>
    public double Charged { get; set; }

    /// <summary>Something waits or runs.</summary>
    public bool IsActive => Executing > 0 || Waiting.Count > 0;
}
