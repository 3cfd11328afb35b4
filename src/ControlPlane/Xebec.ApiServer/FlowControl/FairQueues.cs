namespace Xebec.ApiServer.FlowControl;

/// <summary>
/// Fair queuing for requests (KEP-1040): virtual time advances as if all active queues were served at once, and the next request to run
/// is the one that would finish first there. Not thread-safe: used under the level's lock.
/// </summary>
internal sealed class FairQueues
{
    private readonly List<FlowQueue> _queues = [];
    private int _dealt;
    private int _handSize;
    private int _lengthLimit;
    private int _active;
    private int _seatsWanted;
    private int _turn;

    /// <summary>The virtual time, in seat seconds.</summary>
    public double VirtualTime { get; private set; }

    /// <summary>Requests that wait in all queues.</summary>
    public int WaitingCount { get; private set; }

    /// <summary>The seats they want.</summary>
    public int SeatsWaiting { get; private set; }

    /// <summary>The queues, those that are only emptied included.</summary>
    public IReadOnlyList<FlowQueue> Queues => _queues;

    /// <summary>Takes settings over; queues that are too many get no new requests and go when they are empty.</summary>
    public void Configure(PriorityLevelSettings settings)
    {
        (_dealt, _lengthLimit) = (settings.Queues, settings.QueueLengthLimit);
        _handSize = Math.Min(Math.Min(settings.HandSize, settings.Queues), ShuffleSharding.MaximumHandSize);
        while (_queues.Count < _dealt)
            _queues.Add(new FlowQueue(_queues.Count));
        RemoveDrained();
    }

    /// <summary>Lets time pass: with fewer seats wanted than there are, virtual time runs as fast as they are used.</summary>
    public void Advance(double seconds, int seatLimit)
    {
        if (_active > 0)
            VirtualTime += seconds * Math.Min(_seatsWanted, seatLimit) / _active;
    }

    /// <summary>The least loaded queue of a flow's hand; null when there are no queues.</summary>
    public FlowQueue? Choose(ulong flowHash)
    {
        if (_dealt == 0)
            return null;
        Span<int> hand = stackalloc int[_handSize];
        ShuffleSharding.Deal(flowHash, _dealt, hand);
        var best = _queues[hand[0]];
        foreach (var card in hand[1..])
        {
            var queue = _queues[card];
            if (queue.SeatsWaiting + queue.SeatsInUse < best.SeatsWaiting + best.SeatsInUse)
                best = queue;
        }

        return best;
    }

    /// <summary>Whether one more may wait there.</summary>
    public bool HasRoom(FlowQueue queue) => queue.Waiting.Count < _lengthLimit;

    /// <summary>Puts a request at the end of its queue.</summary>
    public void Enqueue(WaitingRequest request)
    {
        Wake(request.Queue);
        request.Place = request.Queue.Waiting.AddLast(request);
        request.Queue.SeatsWaiting += request.Seats;
        _seatsWanted += request.Seats;
        SeatsWaiting += request.Seats;
        WaitingCount++;
    }

    /// <summary>Takes a request that no longer waits out of its queue; false when it had left it already.</summary>
    public bool Remove(WaitingRequest request)
    {
        if (request.Place is not { } place)
            return false;
        var queue = request.Queue;
        queue.Waiting.Remove(place);
        request.Place = null;
        queue.SeatsWaiting -= request.Seats;
        _seatsWanted -= request.Seats;
        SeatsWaiting -= request.Seats;
        WaitingCount--;
        Sleep(queue);
        return true;
    }

    /// <summary>The request that is to run next; null when none waits.</summary>
    public WaitingRequest? Next()
    {
        FlowQueue? best = null;
        var (least, count) = (double.MaxValue, _queues.Count);
        for (var i = 1; i <= count; i++)
        {
            var queue = _queues[(_turn + i) % count];
            if (queue.Waiting.First is not { } first)
                continue;
            var finish = queue.NextStart + first.Value.Seats * queue.GuessedSeconds;
            if (finish < least)
                (least, best) = (finish, queue);
        }

        if (best is null)
            return null;
        _turn = best.Index;
        return best.Waiting.First!.Value;
    }

    /// <summary>
    /// A request of the queue begins to run. It is charged what it is thought to take, or a flow of long requests would pass for an idle
    /// one until the first of them ends; the difference is made up then.
    /// </summary>
    public void Begin(FlowQueue queue, int seats)
    {
        Wake(queue);
        CatchUp(queue);
        queue.Executing++;
        queue.SeatsInUse += seats;
        queue.NextStart += seats * queue.GuessedSeconds;
        queue.Charged += seats * queue.GuessedSeconds;
        _seatsWanted += seats;
    }

    /// <summary>A request of the queue has ended after so many seconds.</summary>
    public void End(FlowQueue queue, WorkEstimate estimate, double seconds)
    {
        var charged = queue.Charged * estimate.Seats / queue.SeatsInUse;
        queue.Executing--;
        queue.SeatsInUse -= estimate.Seats;
        queue.Charged -= charged;
        queue.NextStart += seconds * estimate.Seats + estimate.FinalSeatSeconds - charged;
        queue.GuessedSeconds = Math.Max(FlowQueue.ShortestGuessSeconds, seconds);
        _seatsWanted -= estimate.Seats;
        Sleep(queue);
    }

    // A queue that was idle has no claim on the past.
    private void Wake(FlowQueue queue)
    {
        if (queue.IsActive)
            return;
        queue.NextStart = VirtualTime;
        _active++;
    }

    // Nor has one that got less than its part: wide requests leave seats free that virtual time counts as used, and a flow of many of
    // them would gather a credit that whoever comes later waits for.
    private void CatchUp(FlowQueue queue) => queue.NextStart = Math.Max(queue.NextStart, VirtualTime + queue.Charged);

    private void Sleep(FlowQueue queue)
    {
        if (queue.IsActive)
            return;
        _active--;
        if (queue.Index >= _dealt)
            RemoveDrained();
    }

    private void RemoveDrained()
    {
        while (_queues.Count > _dealt && !_queues[^1].IsActive)
            _queues.RemoveAt(_queues.Count - 1);
    }
}
