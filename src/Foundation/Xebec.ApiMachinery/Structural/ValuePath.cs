using System.Globalization;
using Xebec.ApiMachinery.Errors;

namespace Xebec.ApiMachinery.Structural;

/// <summary>Where in an object a validation walk stands; its text is only made for an error. Null is the object itself.</summary>
/// <param name="Parent">The value above.</param>
/// <param name="Name">The member's name, null for an item.</param>
/// <param name="Position">The item's position.</param>
internal sealed record ValuePath(ValuePath? Parent, string? Name, int Position)
{
    /// <summary>The path for a field error.</summary>
    public static FieldPath ToFieldPath(ValuePath? path) => FieldPath.Root(path is null ? "<nil>" : path.ToString());

    /// <summary>The path as messages of OpenAPI's validation name it.</summary>
    public static string Text(ValuePath? path) => path?.ToString() ?? "";

    /// <inheritdoc/>
    public override string ToString() => (Parent, Name) switch
    {
        (null, { } name) => name,
        ({ } parent, { } name) => $"{parent}.{name}",
        _ => $"{Parent}[{Position.ToString(CultureInfo.InvariantCulture)}]",
    };
}
