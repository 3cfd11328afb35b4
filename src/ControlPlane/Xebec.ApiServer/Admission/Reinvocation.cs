using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission;

/// <summary>
/// Which webhooks (or policies) see an object once more: those that ask for it (reinvocationPolicy IfNeeded) and saw it before another
/// one changed it.
/// </summary>
internal sealed class Reinvocation
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _again = new(StringComparer.Ordinal);
    private ObjectValue? _output;

    /// <summary>Whether one is to be called again in the second run.</summary>
    public bool Includes(string id) => _again.Contains(id);

    /// <summary>One that asks to be called again has seen the object as it is now.</summary>
    public void Saw(string id) => _seen.Add(id);

    /// <summary>The object changed: all that saw it before are to see it again.</summary>
    public void Changed()
    {
        _again.UnionWith(_seen);
        _seen.Clear();
    }

    /// <summary>The first run ends with the object as it is.</summary>
    public void End(ObjectValue output) => _output = (ObjectValue)output.DeepClone();

    /// <summary>The second run begins; what other plugins changed in between counts, too.</summary>
    public void Begin(ObjectValue input)
    {
        if (_output is not null && !_output.DeepEquals(input))
            Changed();
    }
}
