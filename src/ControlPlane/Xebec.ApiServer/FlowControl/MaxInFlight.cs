using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.FlowControl;

/// <summary>The plain limits of reading and of writing requests, for servers without priority and fairness.</summary>
internal sealed class MaxInFlight(ServingOptions options)
{
    private int _reading;
    private int _mutating;

    /// <summary>Counts a request that begins; false when there are too many (members of system:masters are never too many).</summary>
    public bool TryEnter(RequestInfo info, UserInfo user)
    {
        var isReading = IsReading(info);
        var limit = isReading ? options.MaxRequestsInFlight : options.MaxMutatingRequestsInFlight;
        ref var counter = ref isReading ? ref _reading : ref _mutating;
        if (Interlocked.Increment(ref counter) <= limit || limit == 0 || user.Groups.Contains("system:masters"))
            return true;
        Interlocked.Decrement(ref counter);
        return false;
    }

    /// <summary>Counts a request that has ended.</summary>
    public void Leave(RequestInfo info) => Interlocked.Decrement(ref IsReading(info) ? ref _reading : ref _mutating);

    private static bool IsReading(RequestInfo info) => info.Verb is "get" or "list" or "watch";
}
