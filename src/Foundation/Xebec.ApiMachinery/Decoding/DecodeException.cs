namespace Xebec.ApiMachinery.Decoding;

/// <summary>
/// Input that is not an object of the schema: malformed, too deep or a value of the wrong type. The message is worded as upstream's
/// JSON decoder words it; the API answers it as 400 BadRequest.
/// </summary>
/// <param name="message">The wording.</param>
public sealed class DecodeException(string message) : Exception(message)
{
    /// <summary>Nothing can be read of the input, not even what kind it is.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>The message a client sees: <c>Pod in version "v1" cannot be handled as a Pod: …</c>.</summary>
    /// <param name="kind">The kind, for example Pod.</param>
    /// <param name="version">The version without group, for example v1.</param>
    public string MessageFor(string kind, string version) =>
        $"{kind} in version \"{version}\" cannot be handled as a {kind}: {Message}";
}
