using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.OpenApi.Gnostic;

/// <summary>A gnostic message that a JSON object is written as; other members are left out, but for extensions (x-…).</summary>
internal sealed class GnosticMessage
{
    private readonly Dictionary<string, GnosticField> _fields;
    private readonly int _extensionNumber;

    /// <param name="extensionNumber">The field that holds the extensions, 0 when there is none.</param>
    /// <param name="fields">The fields.</param>
    public GnosticMessage(int extensionNumber, params ReadOnlySpan<GnosticField> fields)
    {
        _extensionNumber = extensionNumber;
        _fields = new(fields.Length, StringComparer.Ordinal);
        foreach (var field in fields)
            _fields.Add(field.Name, field);
    }

    /// <summary>Writes an object as a field of this message.</summary>
    public void Write(ProtobufBuffer output, int number, Value value)
    {
        var start = output.StartMessage(number);
        foreach (var (name, member) in (ObjectValue)value)
        {
            if (_fields.TryGetValue(name, out var field))
                field.Write(output, field.Number, member);
            else if (_extensionNumber > 0 && name.StartsWith("x-", StringComparison.Ordinal))
                GnosticTypes.WriteNamed(output, _extensionNumber, name, member, GnosticTypes.Any);
        }

        output.EndMessage(start);
    }
}
