using System.Buffers.Binary;
using System.Text;

namespace Xebec.ApiMachinery.Schema;

/// <summary>Finds a name's position from its UTF-8 bytes without making a string: open addressing, filled once.</summary>
internal sealed class Utf8NameTable
{
    private readonly byte[][] _names;
    private readonly short[] _slots;
    private readonly int _mask;

    public Utf8NameTable(IReadOnlyList<string> names)
    {
        _names = new byte[names.Count][];
        var size = 4;
        while (size < names.Count * 2)
            size *= 2;
        _slots = new short[size];
        _mask = size - 1;
        for (var i = 0; i < names.Count; i++)
        {
            _names[i] = Encoding.UTF8.GetBytes(names[i]);
            var slot = Hash(_names[i]) & _mask;
            while (_slots[slot] != 0)
                slot = (slot + 1) & _mask;
            _slots[slot] = (short)(i + 1);
        }
    }

    /// <summary>The position of a name, -1 when it is unknown. The expected position is looked at first: members mostly come in order.</summary>
    public int Find(ReadOnlySpan<byte> name, int expected)
    {
        if ((uint)expected < (uint)_names.Length && name.SequenceEqual(_names[expected]))
            return expected;
        for (var slot = Hash(name) & _mask; _slots[slot] != 0; slot = (slot + 1) & _mask)
        {
            if (name.SequenceEqual(_names[_slots[slot] - 1]))
                return _slots[slot] - 1;
        }

        return -1;
    }

    private static int Hash(ReadOnlySpan<byte> name)
    {
        ulong hash = (ulong)name.Length * 0x9E3779B97F4A7C15;
        if (name.Length >= 8)
        {
            hash ^= BinaryPrimitives.ReadUInt64LittleEndian(name);
            hash = (hash * 0xFF51AFD7ED558CCD) ^ BinaryPrimitives.ReadUInt64LittleEndian(name[^8..]);
        }
        else
        {
            foreach (var b in name)
                hash = (hash ^ b) * 0x100000001B3;
        }

        hash *= 0xC4CEB9FE1A85EC53;
        return (int)(hash >> 33);
    }
}
