using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Printing;

/// <summary>Makes columns; wide ones are shown with -o wide only.</summary>
internal static class Column
{
    /// <summary>metadata.name.</summary>
    public static readonly TableColumn Name = new(
        "Name", "string", "Name must be unique within a namespace.", 0, static (o, _) => o.Text("metadata", "name")) { Format = "name" };

    /// <summary>The time since metadata.creationTimestamp.</summary>
    public static readonly TableColumn Age = Aged(
        "Age", "The time since the object was created.",
        static (o, now) => HumanDuration.Since(o.At("metadata", "creationTimestamp"), now));

    /// <summary>metadata.creationTimestamp as it is.</summary>
    public static readonly TableColumn CreatedAt = new(
        "Created At", "date", "CreationTimestamp is the server time when this object was created.", 0,
        static (o, _) => o.Text("metadata", "creationTimestamp"));

    /// <summary>Text.</summary>
    public static TableColumn Text(string name, string description, Func<ObjectValue, string> cell) =>
        new(name, "string", description, 0, (o, _) => cell(o));

    /// <summary>Text shown with -o wide.</summary>
    public static TableColumn Wide(string name, string description, Func<ObjectValue, string> cell) =>
        new(name, "string", description, 1, (o, _) => cell(o));

    /// <summary>A whole number.</summary>
    public static TableColumn Integer(string name, string description, Func<ObjectValue, long> cell) =>
        new(name, "integer", description, 0, (o, _) => cell(o));

    /// <summary>A whole number that upstream declares as text.</summary>
    public static TableColumn Count(string name, string description, Func<ObjectValue, long> cell) =>
        new(name, "string", description, 0, (o, _) => cell(o));

    /// <summary>true or false.</summary>
    public static TableColumn Boolean(string name, string description, Func<ObjectValue, bool> cell) =>
        new(name, "boolean", description, 0, (o, _) => cell(o));

    /// <summary>Text that depends on the time of asking.</summary>
    public static TableColumn Aged(string name, string description, Func<ObjectValue, DateTimeOffset, string> cell) =>
        new(name, "string", description, 0, (o, now) => cell(o, now));
}
