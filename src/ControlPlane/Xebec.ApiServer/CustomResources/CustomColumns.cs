using System.Globalization;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Printing;

namespace Xebec.ApiServer.CustomResources;

/// <summary>The columns that a version declares (additionalPrinterColumns); the age without any.</summary>
internal static class CustomColumns
{
    private const string CreatedDescription =
        "CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in "
        + "happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.";

    /// <summary>The columns of a version, the name first.</summary>
    public static IReadOnlyList<TableColumn> Read(ObjectValue version)
    {
        var columns = new List<TableColumn> { Column.Name };
        foreach (var column in version.Items("additionalPrinterColumns"))
            columns.Add(Make(column));
        if (columns.Count == 1)
        {
            columns.Add(new TableColumn(
                "Age", "date", CreatedDescription, 0, static (o, now) => HumanDuration.Since(o.At("metadata", "creationTimestamp"), now)));
        }

        return columns;
    }

    private static TableColumn Make(ObjectValue column)
    {
        var type = column.Text("type");
        var path = JsonPath.TryParse(column.Text("jsonPath"));
        return new TableColumn(
            column.Text("name"), type, column.Text("description"), (int)column.Number("priority"),
            (item, now) => path?.First(item) is { } found ? Cell(found, type, now) : Value.Null) { Format = column.Text("format") };
    }

    private static Value Cell(Value found, string type, DateTimeOffset now) => (type, found) switch
    {
        ("string", StringValue) => found,
        ("string", NullValue) => "<nil>",
        ("string", _) => found.ToString(),
        ("integer", NumberValue number) => number.IsWhole ? number : new NumberValue((long)number.Real),
        ("number", NumberValue) => found,
        ("boolean", BoolValue) => found,
        ("date", StringValue text) => Rfc3339.TryParse(text.Text, out _) ? HumanDuration.Since(text, now) : "<invalid>",
        _ => Value.Null,
    };
}
