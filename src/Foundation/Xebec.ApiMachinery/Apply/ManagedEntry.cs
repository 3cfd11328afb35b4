using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Apply;

/// <summary>One entry of metadata.managedFields: who owns which fields and how it came to own them.</summary>
internal sealed record ManagedEntry(string Manager, string Operation, string ApiVersion, string Subresource)
{
    public const string Apply = "Apply";
    public const string Update = "Update";

    /// <summary>When it last changed, RFC 3339 in UTC; null when unknown.</summary>
    public string? Time { get; init; }

    /// <summary>The fields, null for none.</summary>
    public ObjectValue? Fields { get; init; }

    /// <summary>Whether two entries are of the same owner; an applier is the same at every version.</summary>
    public bool IsSameOwner(ManagedEntry other) =>
        Manager == other.Manager && Operation == other.Operation && Subresource == other.Subresource
        && (Operation == Apply || ApiVersion == other.ApiVersion);

    public static ManagedEntry? Read(Value tree, bool isCanonical)
    {
        if (tree is not ObjectValue entry || entry.GetString("operation") is not (Apply or Update))
            return null;
        if (entry.GetString("fieldsType") is not "FieldsV1")
            return null;
        var fields = entry.GetObject("fieldsV1");
        if (!isCanonical && fields is not null && !FieldSet.TryCanonicalize(fields, out fields))
            return null;
        return new ManagedEntry(Text("manager"), Text("operation"), Text("apiVersion"), Text("subresource"))
        {
            Time = entry.GetString("time"),
            Fields = fields is { Count: 0 } ? null : fields,
        };

        string Text(string name) => entry.GetString(name) ?? "";
    }

    public ObjectValue ToTree()
    {
        var entry = new ObjectValue { ["manager"] = Manager, ["operation"] = Operation };
        if (ApiVersion.Length > 0)
            entry["apiVersion"] = ApiVersion;
        if (Time is not null)
            entry["time"] = Time;
        entry["fieldsType"] = "FieldsV1";
        entry["fieldsV1"] = Fields ?? FieldSet.Leaf;
        if (Subresource.Length > 0)
            entry["subresource"] = Subresource;
        return entry;
    }

    /// <summary>Upstream's words for the manager in conflicts.</summary>
    public override string ToString()
    {
        var text = Errors.GoText.Quote(Manager);
        if (Subresource.Length > 0)
            text += $" with subresource {Errors.GoText.Quote(Subresource)}";
        return Operation == Update ? $"{text} using {ApiVersion}" : text;
    }
}
