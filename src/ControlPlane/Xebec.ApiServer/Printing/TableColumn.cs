using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Printing;

/// <summary>One column of a kind's table, as kubectl get shows it.</summary>
/// <param name="Name">The heading.</param>
/// <param name="Type">string, integer, number, boolean or date.</param>
/// <param name="Description">What it tells.</param>
/// <param name="Priority">0 is always shown, 1 only with -o wide.</param>
/// <param name="Cell">The cell of an object, now; a null is shown as nothing.</param>
internal sealed record TableColumn(
    string Name, string Type, string Description, int Priority, Func<ObjectValue, DateTimeOffset, Value> Cell)
{
    /// <summary>name for the object's name, else empty.</summary>
    public string Format { get; init; } = "";
}
