using System.Globalization;
using System.Text;

namespace Xebec.Bench;

/// <summary>A request encoded once; only the digits in it change from one sending to the next.</summary>
internal sealed class RequestTemplate
{
    /// <summary>Stands for the object's number, eight digits.</summary>
    public const string Number = "########";

    /// <summary>Stands for a second number, sixteen digits (a time, a count).</summary>
    public const string Stamp = "@@@@@@@@@@@@@@@@";

    private readonly byte[] _bytes;
    private readonly int[] _numbers;
    private readonly int[] _stamps;

    private RequestTemplate(byte[] bytes)
    {
        _bytes = bytes;
        _numbers = Positions(bytes, Number);
        _stamps = Positions(bytes, Stamp);
    }

    public static RequestTemplate Create(Target target, string method, string path, string body = "")
    {
        var head = new StringBuilder($"{method} {path} HTTP/1.1\r\nHost: {target.Server.Authority}\r\nAccept: application/json\r\n");
        if (target.Token is { } token)
            head.Append(CultureInfo.InvariantCulture, $"Authorization: Bearer {token}\r\n");
        if (body.Length > 0)
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
        return new RequestTemplate(Encoding.UTF8.GetBytes(head.Append("\r\n").Append(body).ToString()));
    }

    /// <summary>A copy for another connection: sending changes the bytes.</summary>
    public RequestTemplate Copy() => new([.. _bytes], _numbers, _stamps);

    private RequestTemplate(byte[] bytes, int[] numbers, int[] stamps) => (_bytes, _numbers, _stamps) = (bytes, numbers, stamps);

    public ReadOnlyMemory<byte> Fill(long number = 0, long stamp = 0)
    {
        foreach (var at in _numbers)
            WriteDigits(_bytes.AsSpan(at, Number.Length), number);
        foreach (var at in _stamps)
            WriteDigits(_bytes.AsSpan(at, Stamp.Length), stamp);
        return _bytes;
    }

    private static void WriteDigits(Span<byte> span, long number)
    {
        for (var i = span.Length - 1; i >= 0; i--, number /= 10)
            span[i] = (byte)('0' + number % 10);
    }

    private static int[] Positions(byte[] bytes, string marker)
    {
        var (found, pattern) = (new List<int>(), Encoding.ASCII.GetBytes(marker));
        for (var at = 0; bytes.AsSpan(at).IndexOf(pattern) is >= 0 and var next; at += next + pattern.Length)
            found.Add(at + next);
        return [.. found];
    }
}
