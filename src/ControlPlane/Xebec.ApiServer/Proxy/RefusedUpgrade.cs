using System.Globalization;
using System.Text;

namespace Xebec.ApiServer.Proxy;

/// <summary>The body of a backend's answer that is no upgrade: read to its end by its length or its chunks, never to the connection's.</summary>
internal static class RefusedUpgrade
{
    private const int MaximumBytes = 64 * 1024;

    /// <summary>Reads the body's text.</summary>
    public static async Task<string> ReadAsync(string head, ReadOnlyMemory<byte> begun, Stream backend, CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        body.Write(begun.Span);
        var length = ContentLength(head);
        var chunked = head.Contains("chunked", StringComparison.OrdinalIgnoreCase);
        var buffer = new byte[4096];
        while (body.Length < MaximumBytes && !(chunked ? EndsChunks(body) : body.Length >= length))
        {
            var read = await backend.ReadAsync(buffer, cancellationToken);
            if (read == 0)
                break;
            body.Write(buffer, 0, read);
        }

        var text = Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
        return chunked ? Join(text) : text;
    }

    private static long ContentLength(string head)
    {
        foreach (var line in head.Split("\r\n"))
        {
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase) &&
                long.TryParse(line.AsSpan(15), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var length))
                return length;
        }

        return 0;
    }

    private static bool EndsChunks(MemoryStream body) => body.GetBuffer().AsSpan(0, (int)body.Length).EndsWith("0\r\n\r\n"u8);

    private static string Join(string chunks)
    {
        var text = new StringBuilder();
        var lines = chunks.Split("\r\n");
        for (var i = 1; i < lines.Length; i += 2)
            text.Append(lines[i]);
        return text.ToString();
    }
}
