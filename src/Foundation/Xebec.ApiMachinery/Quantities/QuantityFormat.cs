namespace Xebec.ApiMachinery.Quantities;

/// <summary>The family of suffixes a quantity is written with.</summary>
public enum QuantityFormat
{
    /// <summary>1, 100m, 5k, 3M.</summary>
    DecimalSI,

    /// <summary>512Ki, 4Gi.</summary>
    BinarySI,

    /// <summary>1e3, 5e-3.</summary>
    DecimalExponent,
}
