namespace Xebec.ComponentBase.Metrics;

/// <summary>A double that many threads add to without a lock.</summary>
internal struct AtomicDouble
{
    private long _bits;

    public double Value
    {
        readonly get => BitConverter.Int64BitsToDouble(Volatile.Read(in _bits));
        set => Volatile.Write(ref _bits, BitConverter.DoubleToInt64Bits(value));
    }

    public void Add(double amount)
    {
        var seen = Volatile.Read(ref _bits);
        while (true)
        {
            var wanted = BitConverter.DoubleToInt64Bits(BitConverter.Int64BitsToDouble(seen) + amount);
            var found = Interlocked.CompareExchange(ref _bits, wanted, seen);
            if (found == seen) return;
            seen = found;
        }
    }
}
