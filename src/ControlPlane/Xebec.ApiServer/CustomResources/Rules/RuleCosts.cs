using System.Globalization;
using Xebec.ApiMachinery.Errors;
using Xebec.Cel;

namespace Xebec.ApiServer.CustomResources.Rules;

/// <summary>What all rules of a schema may cost together, and which of them are to blame.</summary>
internal sealed class RuleCosts
{
    private const string Advice =
        "(try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)";

    private const int MostNamed = 4;
    private readonly List<(FieldPath Path, ulong Cost)> _mostExpensive = [];
    private ulong _total;

    /// <summary>Counts an expression.</summary>
    public void Observe(FieldPath path, ulong cost)
    {
        _total = _total > ulong.MaxValue - cost ? ulong.MaxValue : _total + cost;
        if (cost < CelCostEstimate.SchemaLimit / 100)
            return;
        var at = _mostExpensive.FindIndex(e => e.Cost < cost);
        _mostExpensive.Insert(at < 0 ? _mostExpensive.Count : at, (path, cost));
        if (_mostExpensive.Count > MostNamed)
            _mostExpensive.RemoveAt(MostNamed);
    }

    /// <summary>Adds the errors of a schema whose rules together are too expensive.</summary>
    public void AddErrors(FieldPath schema, List<FieldError> errors)
    {
        if (_total <= CelCostEstimate.SchemaLimit)
            return;
        foreach (var (path, _) in _mostExpensive)
            errors.Add(FieldError.Forbidden(path, "contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema"));
        const string What = "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema";
        errors.Add(TooExpensive(schema, What, _total, CelCostEstimate.SchemaLimit));
    }

    /// <summary>A cost above its limit.</summary>
    public static FieldError TooExpensive(FieldPath path, string what, ulong cost, ulong limit) =>
        FieldError.Forbidden(path, $"{what} exceeds budget by factor of {Factor((double)cost / limit)} {Advice}");

    // Close to 1 with all digits, so that it is not shown as 1.0.
    private static string Factor(double factor) => factor switch
    {
        > 100 => "more than 100x",
        < 1.5 => factor.ToString("0.000000", CultureInfo.InvariantCulture) + "x",
        _ => factor.ToString("0.0", CultureInfo.InvariantCulture) + "x",
    };
}
