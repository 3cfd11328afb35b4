using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Xebec.ApiServer.Encryption;

/// <summary>The stream cipher XSalsa20 (Bernstein, "Extending the Salsa20 nonce"). It has no branch or index that depends on a secret.</summary>
internal static class XSalsa20
{
    private const int BlockBytes = 64;
    private const int Words = 16;
    private const int DoubleRounds = 10;

    /// <summary>Combines bytes with the key stream from its beginning.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="nonce">24 bytes.</param>
    /// <param name="data">What is encrypted, or decrypted, in its place.</param>
    public static void Apply(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, Span<byte> data)
    {
        Span<uint> state = stackalloc uint[Words];
        Span<byte> subkey = stackalloc byte[32];
        Span<byte> block = stackalloc byte[BlockBytes];
        Derive(key, nonce[..16], subkey);
        Fill(state, subkey);
        state[6] = BinaryPrimitives.ReadUInt32LittleEndian(nonce[16..]);
        state[7] = BinaryPrimitives.ReadUInt32LittleEndian(nonce[20..]);
        for (ulong counter = 0; !data.IsEmpty; counter++)
        {
            (state[8], state[9]) = ((uint)counter, (uint)(counter >> 32));
            Block(state, block);
            var count = Math.Min(BlockBytes, data.Length);
            for (var i = 0; i < count; i++)
                data[i] ^= block[i];
            data = data[count..];
        }

        CryptographicOperations.ZeroMemory(subkey);
        CryptographicOperations.ZeroMemory(block);
        state.Clear();
    }

    // HSalsa20: the key of this nonce's stream.
    private static void Derive(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, Span<byte> subkey)
    {
        Span<uint> x = stackalloc uint[Words];
        Fill(x, key);
        for (var i = 0; i < 4; i++)
            x[6 + i] = BinaryPrimitives.ReadUInt32LittleEndian(nonce[(4 * i)..]);
        Mix(x);
        ReadOnlySpan<int> taken = [0, 5, 10, 15, 6, 7, 8, 9];
        for (var i = 0; i < taken.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(subkey[(4 * i)..], x[taken[i]]);
        x.Clear();
    }

    // "expand 32-byte k" on the diagonal, the key around it.
    private static void Fill(Span<uint> state, ReadOnlySpan<byte> key)
    {
        (state[0], state[5], state[10], state[15]) = (0x61707865, 0x3320646e, 0x79622d32, 0x6b206574);
        for (var i = 0; i < 4; i++)
        {
            state[1 + i] = BinaryPrimitives.ReadUInt32LittleEndian(key[(4 * i)..]);
            state[11 + i] = BinaryPrimitives.ReadUInt32LittleEndian(key[(16 + 4 * i)..]);
        }
    }

    private static void Block(ReadOnlySpan<uint> state, Span<byte> block)
    {
        Span<uint> x = stackalloc uint[Words];
        state.CopyTo(x);
        Mix(x);
        for (var i = 0; i < Words; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(block[(4 * i)..], x[i] + state[i]);
        x.Clear();
    }

    private static void Mix(Span<uint> x)
    {
        for (var i = 0; i < DoubleRounds; i++)
        {
            Quarter(x, 0, 4, 8, 12);
            Quarter(x, 5, 9, 13, 1);
            Quarter(x, 10, 14, 2, 6);
            Quarter(x, 15, 3, 7, 11);
            Quarter(x, 0, 1, 2, 3);
            Quarter(x, 5, 6, 7, 4);
            Quarter(x, 10, 11, 8, 9);
            Quarter(x, 15, 12, 13, 14);
        }
    }

    private static void Quarter(Span<uint> x, int a, int b, int c, int d)
    {
        x[b] ^= BitOperations.RotateLeft(x[a] + x[d], 7);
        x[c] ^= BitOperations.RotateLeft(x[b] + x[a], 9);
        x[d] ^= BitOperations.RotateLeft(x[c] + x[b], 13);
        x[a] ^= BitOperations.RotateLeft(x[d] + x[c], 18);
    }
}
