namespace Xebec.Cel.Syntax;

/// <summary>Parsing cannot go on; never leaves <see cref="Parser.Parse"/>.</summary>
internal sealed class SyntaxException(int offset, string message) : Exception(message)
{
    public int Offset { get; } = offset;
}
