using Xebec.ApiMachinery.Values;

namespace Xebec.Cel;

/// <summary>A field of an object type.</summary>
/// <param name="Name">The JSON name; expressions use <see cref="CelNames.Escape"/> of it.</param>
/// <param name="Type">Its type.</param>
public sealed record CelField(string Name, CelType Type)
{
    /// <summary>How expressions write it when that is not <see cref="CelNames.Escape"/> of its name (<c>request.namespace</c>).</summary>
    public string? WrittenName { get; init; }

    /// <summary>Always present in a valid object (required, or it has a default).</summary>
    public bool Required { get; init; }

    /// <summary>The values it is restricted to; empty when it is not. Only its sizes matter, to cost estimates.</summary>
    public IReadOnlyList<Value> Enum { get; init; } = [];
}
