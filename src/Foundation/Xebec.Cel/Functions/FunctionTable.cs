using Xebec.Cel.Values;

namespace Xebec.Cel.Functions;

/// <summary>The functions an environment has, by name. Filled by the libraries, then only read.</summary>
internal sealed class FunctionTable
{
    private readonly Dictionary<string, List<Overload>> _functions = new(StringComparer.Ordinal);

    public IReadOnlyList<Overload>? Find(string function) => _functions.GetValueOrDefault(function);

    public void Function(string name, string id, CelType result, Func<CelValue> code) =>
        Put(new Overload { Function = name, Id = id, IsMethod = false, Parameters = [], Result = result, Many = _ => code() });

    public void Function(string name, string id, CelType argument, CelType result, Func<CelValue, CelValue> code) =>
        Put(new Overload { Function = name, Id = id, IsMethod = false, Parameters = [argument], Result = result, Unary = code });

    public void Function(string name, string id, CelType first, CelType second, CelType result, Func<CelValue, CelValue, CelValue> code) =>
        Put(new Overload { Function = name, Id = id, IsMethod = false, Parameters = [first, second], Result = result, Binary = code });

    public void Function(string name, string id, CelType[] arguments, CelType result, Func<CelValue[], CelValue> code) =>
        Put(new Overload { Function = name, Id = id, IsMethod = false, Parameters = arguments, Result = result, Many = code });

    public void Method(string name, string id, CelType target, CelType result, Func<CelValue, CelValue> code) =>
        Put(new Overload { Function = name, Id = id, IsMethod = true, Parameters = [target], Result = result, Unary = code });

    public void Method(string name, string id, CelType target, CelType argument, CelType result, Func<CelValue, CelValue, CelValue> code) =>
        Put(new Overload { Function = name, Id = id, IsMethod = true, Parameters = [target, argument], Result = result, Binary = code });

    public void Method(string name, string id, CelType[] targetAndArguments, CelType result, Func<CelValue[], CelValue> code) =>
        Put(new Overload { Function = name, Id = id, IsMethod = true, Parameters = targetAndArguments, Result = result, Many = code });

    public void Put(Overload overload)
    {
        if (!_functions.TryGetValue(overload.Function, out var overloads))
            _functions.Add(overload.Function, overloads = []);
        overloads.Add(overload);
    }
}
