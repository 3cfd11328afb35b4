using System.Buffers;
using System.IO.Pipelines;

namespace Xebec.ApiServer.Endpoints;

/// <summary>
/// Puts the frames of a watch next to each other in large pieces of the response's buffer: each piece is one chunk and its TLS records
/// are full, where a piece for every frame would make a chunk and a small record of each.
/// </summary>
internal sealed class FrameBuffer(PipeWriter output) : IBufferWriter<byte>
{
    private const int PieceBytes = 32 * 1024;
    private Memory<byte> _piece;

    /// <summary>The bytes that are not yet the response's.</summary>
    public int Length { get; private set; }

    /// <summary>Hands what was written to the response.</summary>
    public void Commit()
    {
        if (Length > 0)
            output.Advance(Length);
        (_piece, Length) = (default, 0);
    }

    /// <inheritdoc/>
    public void Advance(int count) => Length += count;

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_piece.Length - Length < Math.Max(1, sizeHint))
        {
            Commit();
            _piece = output.GetMemory(Math.Max(PieceBytes, sizeHint));
        }

        return _piece[Length..];
    }
}
