using Xebec.ApiMachinery.Values;
using Xebec.Cel.Values;

namespace Xebec.Cel;

/// <summary>The values of variables for evaluations of one request. JSON is read in place, as the type its variable was declared with.</summary>
public sealed class CelActivation
{
    private readonly List<(string Name, object Value)> _values = new(4);

    /// <summary>Sets a variable to JSON; null (no value at all) is CEL's null.</summary>
    public CelActivation Set(string name, Value? json) => Put(name, json ?? Value.Null);

    /// <summary>Sets a variable to a value.</summary>
    public CelActivation Set(string name, CelValue value) => Put(name, value);

    /// <summary>Sets a variable whose value is computed when an expression first needs it.</summary>
    public CelActivation SetLazy(string name, Func<CelValue> read) => Put(name, read);

    internal CelValue? Find(string name, CelType type)
    {
        for (var i = 0; i < _values.Count; i++)
        {
            if (_values[i].Name == name)
                return Read(i, type);
        }

        return null;
    }

    private CelValue Read(int at, CelType type)
    {
        switch (_values[at].Value)
        {
            case CelValue value:
                return value;
            case Value json:
                return CelValue.From(json, type);
            default:
                var computed = ((Func<CelValue>)_values[at].Value)();
                _values[at] = (_values[at].Name, computed);
                return computed;
        }
    }

    private CelActivation Put(string name, object value)
    {
        var at = _values.FindIndex(v => v.Name == name);
        if (at < 0)
            _values.Add((name, value));
        else
            _values[at] = (name, value);
        return this;
    }
}
