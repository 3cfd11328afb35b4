using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.FlowControl;

/// <summary>What a PriorityLevelConfiguration says.</summary>
internal sealed record PriorityLevelSettings
{
    public required string Name { get; init; }

    public string Uid { get; init; } = "";

    /// <summary>Its requests are never queued or rejected.</summary>
    public bool IsExempt { get; init; }

    /// <summary>Its part of the server's seats, in proportion to the others.</summary>
    public long NominalConcurrencyShares { get; init; }

    /// <summary>How much of its nominal limit others may use, in percent.</summary>
    public long LendablePercent { get; init; }

    /// <summary>How much it may borrow, in percent of its nominal limit; null for no bound.</summary>
    public long? BorrowingLimitPercent { get; init; }

    /// <summary>The number of queues; 0 when requests over the limit are rejected at once.</summary>
    public int Queues { get; init; }

    /// <summary>From how many queues a flow's requests choose the least loaded.</summary>
    public int HandSize { get; init; }

    /// <summary>The most requests that wait in one queue.</summary>
    public int QueueLengthLimit { get; init; }

    public static PriorityLevelSettings Read(ObjectValue tree)
    {
        var (metadata, spec) = (tree.GetObject("metadata"), tree.GetObject("spec"));
        var isExempt = spec?.GetString("type") == "Exempt";
        var limits = spec?.GetObject(isExempt ? "exempt" : "limited");
        var response = limits?.GetObject("limitResponse");
        var queuing = response?.GetString("type") == "Queue" ? response.GetObject("queuing") ?? [] : null;
        return new PriorityLevelSettings
        {
            Name = metadata?.GetString("name") ?? "",
            Uid = metadata?.GetString("uid") ?? "",
            IsExempt = isExempt,
            NominalConcurrencyShares = limits?["nominalConcurrencyShares"]?.AsInt64() ?? (isExempt ? 0 : 30),
            LendablePercent = limits?["lendablePercent"]?.AsInt64() ?? 0,
            BorrowingLimitPercent = limits?["borrowingLimitPercent"]?.AsInt64(),
            Queues = queuing is null ? 0 : (int)(queuing["queues"]?.AsInt64() ?? 64),
            HandSize = (int)(queuing?["handSize"]?.AsInt64() ?? 8),
            QueueLengthLimit = (int)(queuing?["queueLengthLimit"]?.AsInt64() ?? 50),
        };
    }
}
