using System.Text;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Storage;

/// <summary>StorageClasses and VolumeAttributesClasses: how much they may say, and where volumes may be.</summary>
internal static class StorageClassRules
{
    private const int MostParameters = 512;
    private const int ParametersMaximumBytes = 256 * 1024;

    public static void CheckParameters(ObjectValue item, CheckContext context)
    {
        var parameters = item.GetObject("parameters") ?? [];
        if (parameters.Count > MostParameters)
        {
            context.Add(FieldError.TooLong(context.At("parameters"), MostParameters));
            return;
        }

        var bytes = 0;
        foreach (var (key, value) in parameters)
        {
            if (key.Length == 0)
                context.Invalid("parameters", key, "field can not be empty.");
            bytes += Encoding.UTF8.GetByteCount(key) + Encoding.UTF8.GetByteCount(value.AsString() ?? "");
        }

        if (bytes > ParametersMaximumBytes)
            context.Add(FieldError.TooLong(context.At("parameters"), ParametersMaximumBytes));
    }

    public static void CheckClass(ObjectValue item, CheckContext context)
    {
        CheckParameters(item, context);
        var terms = item.GetList("allowedTopologies") ?? [];
        for (var i = 1; i < terms.Count; i++)
        {
            if (terms.Take(i).Any(t => t.DeepEquals(terms[i])))
                context.Add(FieldError.Duplicate(context.At("allowedTopologies").Index(i).Child("matchLabelExpressions"), ""));
        }
    }

    public static void CheckTopology(ObjectValue term, CheckContext context)
    {
        var expressions = term.GetList("matchLabelExpressions") ?? [];
        for (var i = 0; i < expressions.Count; i++)
        {
            var (path, expression) = (context.At("matchLabelExpressions").Index(i), expressions[i].AsObject() ?? []);
            var key = expression.GetString("key") ?? "";
            context.AddInvalid(path.Child("key"), key, NameRules.QualifiedName(key));
            if (expressions.Take(i).Any(e => e.AsObject()?.GetString("key") == key))
                context.Add(FieldError.Duplicate(path.Child("key"), key));
            CheckValues(expression.GetList("values") ?? [], path.Child("values"), context);
        }
    }

    private static void CheckValues(ListValue values, FieldPath path, CheckContext context)
    {
        if (values.Count == 0)
            context.Add(FieldError.Required(path));
        for (var i = 1; i < values.Count; i++)
        {
            if (values.Take(i).Any(v => v.DeepEquals(values[i])))
                context.Add(FieldError.Duplicate(path.Index(i), values[i]));
        }
    }
}
