using System.Text;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Decoding;

/// <summary>
/// What one decoding keeps besides its input: where it is (for messages), the members of the structs it is in, and strict errors.
/// One is kept per thread, so that decoding allocates only the tree.
/// </summary>
internal sealed class DecodeContext
{
    [ThreadStatic]
    private static DecodeContext? s_kept;

    private readonly StrictErrors _strict = new();
    private PathElement[] _path = new PathElement[32];
    private Value?[] _slots = new Value?[256];
    private int _depth;
    private int _used;

    public static DecodeContext Take()
    {
        var context = s_kept ?? new DecodeContext();
        s_kept = null;
        return context;
    }

    /// <summary>Gives the context back; also after an exception, when slots are still open.</summary>
    public void Return()
    {
        Array.Clear(_slots, 0, _used);
        Array.Clear(_path, 0, _path.Length);
        _ = _strict.Taken();
        (_depth, _used) = (0, 0);
        s_kept = this;
    }

    public IReadOnlyList<string> TakeStrictErrors() => _strict.Taken();

    public void PushField(StructSchema owner, FieldSchema field) => Push(new PathElement { Owner = owner, Name = field.Name });

    public void PushKey(string key) => Push(new PathElement { Name = key });

    public void PushIndex() => Push(default);

    public void SetIndex(int index) => _path[_depth - 1].Index = index;

    public void Pop() => _depth--;

    /// <summary>Opens a window of slots, one per field of a struct.</summary>
    public int OpenSlots(StructLayout layout)
    {
        var start = _used;
        _used += layout.Fields.Length;
        if (_used > _slots.Length)
            Array.Resize(ref _slots, Math.Max(_used, _slots.Length * 2));
        return start;
    }

    public ref Value? Slot(int at) => ref _slots[at];

    /// <summary>Makes the object of a window, in schema order and with Go's zero values, and closes the window.</summary>
    public ObjectValue CloseSlots(int start, StructLayout layout)
    {
        var slots = _slots.AsSpan(start, layout.Fields.Length);
        var result = StructBuilder.Build(slots, layout);
        DropSlots(start, layout);
        return result;
    }

    /// <summary>Closes a window without making an object of it.</summary>
    public void DropSlots(int start, StructLayout layout)
    {
        _slots.AsSpan(start, layout.Fields.Length).Clear();
        _used = start;
    }

    public void UnknownField(string name) => _strict.Add($"unknown field \"{StrictPath(name)}\"");

    public void UnknownPath(string path) => _strict.Add($"unknown field \"{path}\"");

    public void DuplicateField() => _strict.Add($"duplicate field \"{StrictPath(null)}\"");

    public void DuplicateKey(string key) => _strict.Add($"duplicate field \"{StrictPath(key)}\"");

    /// <summary>A value of the wrong JSON type at the current place.</summary>
    /// <param name="found">string, number, number 1.5, bool, array or object.</param>
    /// <param name="goType">The type upstream's struct has there.</param>
    public DecodeException Mismatch(string found, string goType)
    {
        StructSchema? owner = null;
        var fields = new StringBuilder();
        foreach (var element in _path.AsSpan(0, _depth))
        {
            if (element.Owner is null)
                continue;
            owner = element.Owner;
            fields.Append('.').Append(element.Name);
        }

        return new DecodeException(owner is null
            ? $"json: cannot unmarshal {found} into Go value of type {goType}"
            : $"json: cannot unmarshal {found} into Go struct field {owner.Name}{fields} of type {goType}");
    }

    private string StrictPath(string? leaf)
    {
        var path = new StringBuilder();
        foreach (var element in _path.AsSpan(0, _depth))
        {
            if (element.Name is null)
                path.Append('[').Append(element.Index).Append(']');
            else
                path.Append(path.Length > 0 ? "." : "").Append(element.Name);
        }

        return leaf is null ? path.ToString() : path.Append(path.Length > 0 ? "." : "").Append(leaf).ToString();
    }

    private void Push(PathElement element)
    {
        if (_depth == _path.Length)
            Array.Resize(ref _path, _depth * 2);
        _path[_depth++] = element;
    }
}
