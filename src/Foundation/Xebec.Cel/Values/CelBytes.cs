using Xebec.ApiMachinery.Values;

namespace Xebec.Cel.Values;

/// <summary>Bytes.</summary>
internal sealed class CelBytes(byte[] bytes) : CelValue
{
    public byte[] Bytes { get; } = bytes;

    public override CelType Type => CelType.Bytes;

    internal override long? Size => Bytes.Length;

    internal override bool IsZero => Bytes.Length == 0;

    public override Value ToJson() => Convert.ToBase64String(Bytes);

    internal override bool EqualTo(CelValue other) => other is CelBytes bytes && bytes.Bytes.AsSpan().SequenceEqual(Bytes);

    internal override int? CompareTo(CelValue other) =>
        other is CelBytes bytes ? Math.Sign(Bytes.AsSpan().SequenceCompareTo(bytes.Bytes)) : null;
}
