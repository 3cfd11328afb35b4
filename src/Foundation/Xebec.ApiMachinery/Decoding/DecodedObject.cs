using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Decoding;

/// <summary>An object as Go would have written it after decoding, and what strict field validation has against the input.</summary>
/// <param name="Object">The tree: known fields in schema order, canonical scalars, zero values where Go writes them.</param>
/// <param name="StrictErrors">Such as <c>unknown field "spec.foo"</c>, at most 100; empty when there are none.</param>
public readonly record struct DecodedObject(ObjectValue Object, IReadOnlyList<string> StrictErrors)
{
    /// <summary>The message that fieldValidation=Strict answers with.</summary>
    public string StrictMessage => StrictMessageOf(StrictErrors);

    /// <summary>The same for errors of several inputs.</summary>
    public static string StrictMessageOf(IEnumerable<string> strictErrors) => "strict decoding error: " + string.Join(", ", strictErrors);
}
