using System.Buffers.Binary;

namespace Xebec.ApiServer.Encryption;

/// <summary>
/// The one-time authenticator Poly1305 (RFC 8439): the message is a polynomial modulo 2^130 - 5. Numbers are held in five limbs of 26 bits;
/// no branch depends on a secret.
/// </summary>
internal static class Poly1305
{
    private const int BlockBytes = 16;
    private const int Limbs = 5;
    private const uint Mask = (1 << 26) - 1;

    /// <summary>Writes the 16 bytes of a message's tag.</summary>
    /// <param name="key">32 bytes that are used for no other message.</param>
    /// <param name="message">The message.</param>
    /// <param name="tag">Where the tag goes.</param>
    public static void Tag(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> tag)
    {
        Span<byte> clamped = stackalloc byte[BlockBytes + 1];
        Span<byte> block = stackalloc byte[BlockBytes + 1];
        Span<uint> r = stackalloc uint[Limbs];
        Span<uint> sum = stackalloc uint[Limbs];
        Span<uint> part = stackalloc uint[Limbs];
        clamped.Clear();
        sum.Clear();
        key[..BlockBytes].CopyTo(clamped);
        for (var i = 0; i < BlockBytes; i++)
            clamped[i] &= (byte)(i % 4 == 3 ? 0x0f : i % 4 == 0 && i > 0 ? 0xfc : 0xff);
        Read(clamped, r);
        while (!message.IsEmpty)
        {
            var count = Math.Min(BlockBytes, message.Length);
            block.Clear();
            message[..count].CopyTo(block);
            block[count] = 1;
            Read(block, part);
            for (var i = 0; i < Limbs; i++)
                sum[i] += part[i];
            Multiply(sum, r);
            message = message[count..];
        }

        Finish(sum, key[BlockBytes..], tag);
    }

    // 17 bytes as limbs.
    private static void Read(ReadOnlySpan<byte> bytes, Span<uint> limbs)
    {
        limbs[0] = BinaryPrimitives.ReadUInt32LittleEndian(bytes) & Mask;
        limbs[1] = (BinaryPrimitives.ReadUInt32LittleEndian(bytes[3..]) >> 2) & Mask;
        limbs[2] = (BinaryPrimitives.ReadUInt32LittleEndian(bytes[6..]) >> 4) & Mask;
        limbs[3] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[9..]) >> 6;
        limbs[4] = (BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]) >> 8) | ((uint)bytes[16] << 24);
    }

    // What goes over 2^130 comes back five times below.
    private static void Multiply(Span<uint> sum, ReadOnlySpan<uint> r)
    {
        Span<ulong> product = stackalloc ulong[Limbs];
        product.Clear();
        for (var i = 0; i < Limbs; i++)
        {
            for (var j = 0; j < Limbs; j++)
            {
                var wraps = i + j >= Limbs;
                product[wraps ? i + j - Limbs : i + j] += (ulong)sum[i] * (wraps ? r[j] * 5 : r[j]);
            }
        }

        ulong carry = 0;
        for (var i = 0; i < Limbs; i++)
        {
            product[i] += carry;
            carry = product[i] >> 26;
            sum[i] = (uint)product[i] & Mask;
        }

        var low = sum[0] + carry * 5;
        sum[0] = (uint)low & Mask;
        sum[1] += (uint)(low >> 26);
    }

    private static void Finish(Span<uint> sum, ReadOnlySpan<byte> pad, Span<byte> tag)
    {
        Carry(sum);
        Carry(sum);
        // Less the modulus, if that is not below zero: a mask chooses.
        Span<uint> less = stackalloc uint[Limbs];
        uint carry = 5;
        for (var i = 0; i < Limbs; i++)
        {
            less[i] = sum[i] + carry;
            carry = less[i] >> 26;
            less[i] &= Mask;
        }

        var chosen = unchecked(0u - carry);
        for (var i = 0; i < Limbs; i++)
            sum[i] = (sum[i] & ~chosen) | (less[i] & chosen);
        var number = (UInt128)sum[0] | ((UInt128)sum[1] << 26) | ((UInt128)sum[2] << 52) | ((UInt128)sum[3] << 78) | ((UInt128)sum[4] << 104);
        BinaryPrimitives.WriteUInt128LittleEndian(tag, unchecked(number + BinaryPrimitives.ReadUInt128LittleEndian(pad)));
    }

    private static void Carry(Span<uint> sum)
    {
        uint carry = 0;
        for (var i = 0; i < Limbs; i++)
        {
            sum[i] += carry;
            carry = sum[i] >> 26;
            sum[i] &= Mask;
        }

        sum[0] += carry * 5;
    }
}
