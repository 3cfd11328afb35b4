using System.Collections;
using System.Text.Json;

namespace Xebec.ApiMachinery.Values;

/// <summary>A JSON array.</summary>
public sealed class ListValue : Value, IReadOnlyList<Value>
{
    private readonly List<Value> _items;

    /// <summary>An empty list.</summary>
    public ListValue() => _items = [];

    /// <summary>A list of the given items, which it does not copy.</summary>
    public ListValue(IEnumerable<Value> items) => _items = [.. items];

    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.List;

    /// <summary>How many items.</summary>
    public int Count => _items.Count;

    /// <summary>The item at a position.</summary>
    public Value this[int index]
    {
        get => _items[index];
        set => _items[index] = value;
    }

    /// <summary>Appends an item.</summary>
    public void Add(Value item) => _items.Add(item);

    /// <summary>Inserts an item before a position; the position may equal <see cref="Count"/>.</summary>
    public void Insert(int index, Value item) => _items.Insert(index, item);

    /// <summary>Removes the item at a position.</summary>
    public void RemoveAt(int index) => _items.RemoveAt(index);

    /// <summary>Removes every item.</summary>
    public void Clear() => _items.Clear();

    internal static ListValue ReadList(ref Utf8JsonReader reader)
    {
        var list = new ListValue();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            list._items.Add(Read(ref reader));
        return list;
    }

    /// <inheritdoc/>
    public override Value DeepClone()
    {
        var copy = new ListValue();
        copy._items.Capacity = _items.Count;
        foreach (var item in _items)
            copy._items.Add(item.DeepClone());
        return copy;
    }

    /// <inheritdoc/>
    public override bool DeepEquals(Value? other)
    {
        if (other is not ListValue list || list.Count != Count)
            return false;
        for (var i = 0; i < _items.Count; i++)
        {
            if (!_items[i].DeepEquals(list._items[i]))
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var item in _items)
            item.WriteTo(writer);
        writer.WriteEndArray();
    }

    /// <summary>The items in order, without allocating.</summary>
    public List<Value>.Enumerator GetEnumerator() => _items.GetEnumerator();

    IEnumerator<Value> IEnumerable<Value>.GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();
}
