using System.Text;
using Xebec.ApiMachinery.Schema;

namespace Xebec.ApiGenerator;

/// <summary>The C# names of the schema's packages, types and fields.</summary>
internal static class CSharpNames
{
    public static string Namespace(string package)
    {
        var parts = package.Split('/');
        return $"Xebec.Api.{Pascal(parts[0])}.{Pascal(parts[1])}";
    }

    public static string FullName(StructSchema type) => $"global::{Namespace(type.Package)}.{type.Name}";

    public static string Property(StructSchema owner, FieldSchema field)
    {
        var name = Pascal(field.Name);
        return name == owner.Name ? name + "Value" : name;
    }

    public static string Pascal(string text)
    {
        var result = new StringBuilder(text.Length);
        var upper = true;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                upper = true;
                continue;
            }

            result.Append(upper ? char.ToUpperInvariant(c) : c);
            upper = false;
        }

        if (result.Length == 0)
            return "Any";
        return char.IsAsciiDigit(result[0]) ? "N" + result : result.ToString();
    }
}
