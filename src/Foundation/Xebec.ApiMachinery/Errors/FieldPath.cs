using System.Globalization;

namespace Xebec.ApiMachinery.Errors;

/// <summary>The path of a field as messages show it: <c>spec.containers[0].name</c>, <c>metadata.labels[key]</c>.</summary>
public sealed class FieldPath
{
    private readonly FieldPath? _parent;
    private readonly string _step;

    private FieldPath(FieldPath? parent, string step)
    {
        _parent = parent;
        _step = step;
    }

    /// <summary>A path that starts at a field, for example <c>spec</c>.</summary>
    public static FieldPath Root(string name) => new(null, name);

    /// <summary>A field of this one.</summary>
    public FieldPath Child(string name) => new(this, "." + name);

    /// <summary>Fields further down, one after the other.</summary>
    public FieldPath Child(string name, params ReadOnlySpan<string> more)
    {
        var path = Child(name);
        foreach (var next in more)
            path = path.Child(next);
        return path;
    }

    /// <summary>The item at a position of this list.</summary>
    public FieldPath Index(int position) => new(this, $"[{position.ToString(CultureInfo.InvariantCulture)}]");

    /// <summary>The value of a key of this map.</summary>
    public FieldPath Key(string key) => new(this, $"[{key}]");

    /// <inheritdoc/>
    public override string ToString() => _parent is null ? _step : _parent + _step;
}
