namespace Xebec.ApiServer.FlowControl;

/// <summary>The seats of a priority level: what it has by its shares, and between which bounds lending and borrowing move that.</summary>
/// <param name="Nominal">By its shares alone.</param>
/// <param name="Lower">When all that is lendable is lent.</param>
/// <param name="Upper">When all that may be borrowed is borrowed.</param>
internal readonly record struct SeatLimits(int Nominal, int Lower, int Upper)
{
    /// <summary>Divides the server's seats by the shares of all levels (KEP-1040).</summary>
    public static SeatLimits Of(PriorityLevelSettings level, int serverSeats, long sumOfShares)
    {
        var share = sumOfShares == 0 ? 0 : (double)serverSeats * level.NominalConcurrencyShares / sumOfShares;
        var nominal = (int)Math.Ceiling(share);
        var lendable = (int)Math.Round(nominal * level.LendablePercent / 100.0, MidpointRounding.AwayFromZero);
        var borrowable = level.BorrowingLimitPercent is { } percent && !level.IsExempt
            ? (int)Math.Round(nominal * percent / 100.0, MidpointRounding.AwayFromZero)
            : serverSeats;
        return new SeatLimits(nominal, nominal - lendable, nominal + borrowable);
    }
}
