using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Xebec.ComponentBase.Logging;

/// <summary>Lays a log record out as klog's structured text: Lmmdd hh:mm:ss.uuuuuu pid component] "message" key="value".</summary>
internal static class KlogFormatter
{
    public static void Append(StringBuilder line, in KlogRecord record)
    {
        line.Append(Letter(record.Level));
        line.Append(CultureInfo.InvariantCulture, $"{record.Time:MMdd HH:mm:ss.ffffff} {Environment.ProcessId,7} {record.Category}] ");
        AppendQuoted(line, KlogMessage.Of(record.Message, record.Values));
        foreach (var (key, value) in record.Values)
            if (key != KlogMessage.TemplateKey) AppendPair(line, KlogMessage.Key(key), value);
        if (record.Exception is not null) AppendPair(line, "err", record.Exception.ToString());
        line.Append('\n');
    }

    private static void AppendPair(StringBuilder line, string key, object? value)
    {
        line.Append(' ').Append(key).Append('=');
        if (value is null) line.Append("null");
        else if (value is bool flag) line.Append(flag ? "true" : "false");
        else if (value is int or long or uint or ulong or short or byte or double or float)
            line.Append(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
        else AppendQuoted(line, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
    }

    private static void AppendQuoted(StringBuilder line, string text)
    {
        line.Append('"');
        foreach (var character in text)
        {
            if (character is '"' or '\\') line.Append('\\').Append(character);
            else if (character == '\n') line.Append("\\n");
            else if (char.IsControl(character)) line.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else line.Append(character);
        }

        line.Append('"');
    }

    private static char Letter(LogLevel level) => level switch
    {
        LogLevel.Critical => 'F',
        LogLevel.Error => 'E',
        LogLevel.Warning => 'W',
        _ => 'I',
    };
}
