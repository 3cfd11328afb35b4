using System.Globalization;
using Xebec.ApiMachinery.Values;
using Xebec.Cel.Libraries;
using Xebec.Cel.Values;

namespace Xebec.Cel.Tests;

/// <summary>Runs expressions and shows what came of them as one line, for tables.</summary>
internal static class Cel
{
    public static string Run(string expression, params (string Name, CelType Type, string Json)[] variables)
    {
        var environment = new CelEnvironment([.. variables.Select(v => new CelVariable(v.Name, v.Type))]).WithBindings().WithMutationTypes();
        var activation = new CelActivation();
        foreach (var (name, _, json) in variables)
            activation.Set(name, Value.Parse(json));
        return Run(environment, expression, activation);
    }

    public static string Run(CelEnvironment environment, string expression, CelActivation activation)
    {
        try
        {
            return Show(environment.Compile(expression).Evaluate(activation, new CelBudget()));
        }
        catch (CelCompileException refused)
        {
            return "refused: " + string.Join(" | ", refused.Issues.Select(i => i.Message));
        }
        catch (CelEvaluationException failed)
        {
            return "error: " + failed.Message;
        }
    }

    public static string Show(CelValue value) => value switch
    {
        CelUint number => number.Number.ToString(CultureInfo.InvariantCulture) + "u",
        CelDouble number => number.Number.ToString("R", CultureInfo.InvariantCulture) is var text && text.AsSpan().IndexOfAnyExcept("-0123456789") < 0 ? text + ".0" : number.Number.ToString("R", CultureInfo.InvariantCulture),
        CelString text => $"'{text.Text}'",
        CelBytes bytes => "b" + Convert.ToHexString(bytes.Bytes),
        CelBool flag => flag.Flag ? "true" : "false",
        CelNull => "null",
        CelList list => $"[{string.Join(", ", Enumerable.Range(0, list.Count).Select(i => Show(list[i])))}]",
        CelMap map => $"{{{string.Join(", ", map.Keys.Select(k => $"{Show(k)}: {Show(map.At(k))}"))}}}",
        CelTypeValue type => type.Named.Name,
        CelOptional optional => optional.Value is null ? "none" : $"some {Show(optional.Value)}",
        CelError error => "error: " + error.Message,
        CelBuiltObject built => built.Type.Name + built.ToJson(),
        CelInt or CelTimestamp or CelDuration => ConversionLibrary.Show(value),
        _ => value.ToString()!,
    };
}
