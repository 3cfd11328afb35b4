using Xebec.ApiMachinery.Schema;

namespace Xebec.ApiMachinery.Decoding;

/// <summary>One step from the root to a value: a struct's field, a map's key or a list's index.</summary>
internal struct PathElement
{
    public StructSchema? Owner;
    public string? Name;
    public int Index;
}
