using Xebec.ApiMachinery.Quantities;
using Xebec.Cel.Values;

namespace Xebec.Cel.Libraries;

/// <summary>A quantity.</summary>
internal sealed class QuantityValue(Quantity quantity) : CelOpaque(LibraryTypes.Quantity)
{
    public Quantity Quantity { get; } = quantity;

    internal override bool EqualTo(CelValue other) => other is QuantityValue theirs && theirs.Quantity == Quantity;

    public override string ToString() => Quantity.ToString();
}
