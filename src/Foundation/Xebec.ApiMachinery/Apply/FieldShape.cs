namespace Xebec.ApiMachinery.Apply;

/// <summary>How ownership treats a value.</summary>
internal enum FieldShape
{
    /// <summary>As a whole: scalars and everything atomic.</summary>
    Leaf,

    /// <summary>Member by member: structs, maps and objects of no known type.</summary>
    Members,

    /// <summary>Item by item: sets, and lists with keys.</summary>
    Items,
}
