using System.Collections;
using System.Text.Json;

namespace Xebec.ApiMachinery.Values;

/// <summary>
/// A JSON object that keeps the order its members were added in. Small objects (nearly all) are searched in line; a large one
/// (labels by the hundred, a ConfigMap's data) gets a dictionary.
/// </summary>
public sealed class ObjectValue : Value, IEnumerable<KeyValuePair<string, Value>>
{
    private const int IndexFrom = 16;
    private readonly List<KeyValuePair<string, Value>> _members;
    private Dictionary<string, int>? _index;

    /// <summary>An empty object.</summary>
    public ObjectValue() => _members = [];

    internal ObjectValue(int capacity) => _members = new(capacity);

    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.Object;

    /// <summary>How many members.</summary>
    public int Count => _members.Count;

    /// <summary>The member of a name, null when there is none; setting it adds or replaces, setting null removes.</summary>
    public Value? this[string name]
    {
        get => IndexOf(name) is >= 0 and var at ? _members[at].Value : null;
        set => Set(name, value);
    }

    /// <summary>The member at a position in insertion order.</summary>
    public KeyValuePair<string, Value> At(int position) => _members[position];

    /// <summary>Adds a member; the collection-initializer form of the indexer.</summary>
    public void Add(string name, Value value) => Set(name, value);

    /// <summary>Whether a member of that name exists, also when it is null.</summary>
    public bool ContainsKey(string name) => IndexOf(name) >= 0;

    /// <summary>The member of a name, when it exists.</summary>
    public bool TryGetValue(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Value? value)
    {
        value = this[name];
        return value is not null;
    }

    /// <summary>Removes a member; false when there was none.</summary>
    public bool Remove(string name)
    {
        var at = IndexOf(name);
        if (at < 0)
            return false;
        _members.RemoveAt(at);
        _index = null;
        return true;
    }

    /// <summary>Removes every member.</summary>
    public void Clear()
    {
        _members.Clear();
        _index = null;
    }

    /// <summary>The text of a string member, null when it is absent or something else.</summary>
    public string? GetString(string name) => this[name]?.AsString();

    /// <summary>The object member of a name, null when it is absent or something else.</summary>
    public ObjectValue? GetObject(string name) => this[name] as ObjectValue;

    /// <summary>The list member of a name, null when it is absent or something else.</summary>
    public ListValue? GetList(string name) => this[name] as ListValue;

    /// <summary>The object member of a name, added empty when it is absent, null or something else.</summary>
    public ObjectValue GetOrAddObject(string name)
    {
        if (this[name] is ObjectValue present)
            return present;
        var added = new ObjectValue();
        this[name] = added;
        return added;
    }

    // For codecs that know the name to be new.
    internal void Append(string name, Value value) => _members.Add(new(name, value));

    internal Span<KeyValuePair<string, Value>> MembersForSort() => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_members);

    internal void Truncate(int count) => _members.RemoveRange(count, _members.Count - count);

    internal static ObjectValue ReadObject(ref Utf8JsonReader reader)
    {
        var result = new ObjectValue();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = JsonText.Read(ref reader);
            reader.Read();
            result.Set(name, Read(ref reader));
        }

        return result;
    }

    /// <inheritdoc/>
    public override Value DeepClone()
    {
        var copy = new ObjectValue();
        copy._members.Capacity = _members.Count;
        foreach (var (name, value) in _members)
            copy._members.Add(new(name, value.DeepClone()));
        return copy;
    }

    /// <inheritdoc/>
    public override bool DeepEquals(Value? other)
    {
        if (other is not ObjectValue theirs || theirs.Count != Count)
            return false;
        foreach (var (name, value) in _members)
        {
            if (!value.DeepEquals(theirs[name]))
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in _members)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    /// <summary>The members in insertion order, without allocating.</summary>
    public List<KeyValuePair<string, Value>>.Enumerator GetEnumerator() => _members.GetEnumerator();

    IEnumerator<KeyValuePair<string, Value>> IEnumerable<KeyValuePair<string, Value>>.GetEnumerator() => _members.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _members.GetEnumerator();

    private void Set(string name, Value? value)
    {
        if (value is null)
        {
            Remove(name);
            return;
        }

        var at = IndexOf(name);
        if (at >= 0)
        {
            _members[at] = new(name, value);
            return;
        }

        _index?.Add(name, _members.Count);
        _members.Add(new(name, value));
    }

    private int IndexOf(string name)
    {
        if (_members.Count >= IndexFrom)
            return (_index ??= BuildIndex()).GetValueOrDefault(name, -1);
        for (var i = 0; i < _members.Count; i++)
        {
            if (_members[i].Key == name)
                return i;
        }

        return -1;
    }

    private Dictionary<string, int> BuildIndex()
    {
        var index = new Dictionary<string, int>(_members.Count, StringComparer.Ordinal);
        for (var i = 0; i < _members.Count; i++)
            index.Add(_members[i].Key, i);
        return index;
    }
}
