using System.Buffers;
using System.Globalization;
using System.Text;

namespace Xebec.ComponentBase.Metrics;

/// <summary>Writes the samples of one series in the Prometheus text format 0.0.4.</summary>
public readonly struct SeriesWriter
{
    private readonly IBufferWriter<byte> _output;
    private readonly string _name;
    private readonly string[] _labelNames;
    private readonly LabelValues _values;

    internal SeriesWriter(IBufferWriter<byte> output, string name, string[] labelNames, LabelValues values)
    {
        (_output, _name, _labelNames, _values) = (output, name, labelNames, values);
    }

    internal void Sample(string suffix, double value) => Write(suffix, null, value);

    internal void Bucket(double upperBound, long count) => Write("_bucket", Number(upperBound), count);

    internal static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal),
    };

    private void Write(string suffix, string? upperBound, double value)
    {
        Text(_name);
        Text(suffix);
        if (_values.Count > 0 || upperBound is not null) Labels(upperBound);
        Text(" ");
        Text(Number(value));
        Text("\n");
    }

    private void Labels(string? upperBound)
    {
        for (var i = 0; i < _values.Count; i++) Label(i == 0 ? "{" : ",", _labelNames[i], _values[i]);
        if (upperBound is not null) Label(_values.Count == 0 ? "{" : ",", "le", upperBound);
        Text("}");
    }

    private void Label(string separator, string name, string value)
    {
        Text(separator);
        Text(name);
        Text("=\"");
        Text(value.AsSpan().ContainsAny('\\', '"', '\n') ? Escaped(value) : value);
        Text("\"");
    }

    private static string Escaped(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    private void Text(string text) => Encoding.UTF8.GetBytes(text, _output);
}
