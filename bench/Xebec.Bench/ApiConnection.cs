using System.Buffers.Text;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Xebec.Bench;

/// <summary>
/// One HTTP/1.1 connection over TLS that sends encoded requests and skips over responses: as little work as a client can do, so that
/// what is measured is the server.
/// </summary>
internal sealed class ApiConnection : IDisposable
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly SslStream _stream;
    private int _start;
    private int _end;

    private ApiConnection(SslStream stream) => _stream = stream;

    /// <summary>The last response's status.</summary>
    public int Status { get; private set; }

    /// <summary>The length of the last response's body, in bytes.</summary>
    public long BodyBytes { get; private set; }

    /// <summary>The first bytes of the last response's body, up to 2 KiB.</summary>
    public string BodyStart { get; private set; } = "";

    /// <summary>Whether to keep <see cref="BodyStart"/> of responses that are no failure.</summary>
    public bool KeepsBodyStart { get; set; }

    /// <param name="target">The server.</param>
    /// <param name="blocks">Everything that waits blocks the thread it is called on (<see cref="BlockingStream"/>).</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ApiConnection> OpenAsync(Target target, bool blocks = false, CancellationToken cancellationToken = default)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // A socket that was ever used asynchronously waits for the threads that serve all of those.
            if (blocks)
                socket.Connect(target.Server.Host, target.Server.Port);
            else
                await socket.ConnectAsync(target.Server.Host, target.Server.Port, cancellationToken);
            var stream = new SslStream(blocks ? new BlockingStream(socket) : new NetworkStream(socket, ownsSocket: true));
            await stream.AuthenticateAsClientAsync(Options(target), cancellationToken);
            return new ApiConnection(stream);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request and reads its response to the end.</summary>
    /// <exception cref="InvalidDataException">The server answered with a failure.</exception>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request)
    {
        var status = Status = await BeginAsync(request);
        BodyBytes = 0;
        BodyStart = "";
        if (_contentLength >= 0)
            await SkipAsync(_contentLength, status);
        else
            await SkipChunksAsync(status);
        if (status >= 300)
            throw new InvalidDataException($"the server answered {status}: {BodyStart}");
        return status;
    }

    private long _contentLength;

    /// <summary>Sends a request and reads its response's head only.</summary>
    public async ValueTask<int> BeginAsync(ReadOnlyMemory<byte> request)
    {
        await _stream.WriteAsync(request);
        int headLength;
        while ((headLength = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8)) < 0)
            await FillAsync();
        var head = _buffer.AsSpan(_start, headLength + 2);
        Utf8Parser.TryParse(head[9..], out int status, out _);
        _contentLength = ContentLength(head);
        _start += headLength + 4;
        return status;
    }

    private static long ContentLength(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("Content-Length: "u8);
        return at >= 0 && Utf8Parser.TryParse(head[(at + 16)..], out long length, out _) ? length : -1;
    }

    /// <summary>Reads the next piece of a chunked body; empty at its end. The bytes are valid until the next read.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadChunkPartAsync()
    {
        if (_chunkLeft == 0)
        {
            _chunkLeft = await ReadChunkSizeAsync();
            if (_chunkLeft == 0)
                return default;
        }

        if (_start == _end)
            await FillAsync();
        var part = _buffer.AsMemory(_start, (int)Math.Min(_chunkLeft, _end - _start));
        _start += part.Length;
        _chunkLeft -= part.Length;
        _chunkEnded = _chunkLeft == 0;
        return part;
    }

    private long _chunkLeft;
    private bool _chunkEnded;

    private async ValueTask<long> ReadChunkSizeAsync()
    {
        // The line break that ends the chunk before belongs in front of this one's size.
        var skip = _chunkEnded ? 2 : 0;
        _chunkEnded = false;
        int line;
        while (_end - _start < skip || (line = _buffer.AsSpan(_start + skip, _end - _start - skip).IndexOf("\r\n"u8)) < 0)
            await FillAsync();
        Utf8Parser.TryParse(_buffer.AsSpan(_start + skip, line), out long size, out _, 'x');
        _start += skip + line + 2;
        if (size > 0)
            return size;
        while (_end - _start < 2)
            await FillAsync();
        _start += 2;
        return 0;
    }

    private async ValueTask SkipChunksAsync(int status)
    {
        while (await ReadChunkPartAsync() is { Length: > 0 } part)
            Pass(part.Span, status);
    }

    private async ValueTask SkipAsync(long length, int status)
    {
        while (length > 0)
        {
            if (_start == _end)
                await FillAsync();
            var part = (int)Math.Min(length, _end - _start);
            Pass(_buffer.AsSpan(_start, part), status);
            _start += part;
            length -= part;
        }
    }

    private void Pass(ReadOnlySpan<byte> part, int status)
    {
        if (BodyBytes == 0 && (KeepsBodyStart || status >= 300))
            BodyStart = Encoding.UTF8.GetString(part[..Math.Min(part.Length, 2048)]);
        BodyBytes += part.Length;
    }

    private async ValueTask FillAsync()
    {
        if (_start == _end)
            _start = _end = 0;
        else if (_end == _buffer.Length)
            (_start, _end) = (0, Compact());
        var read = await _stream.ReadAsync(_buffer.AsMemory(_end));
        if (read == 0)
            throw new EndOfStreamException("the server closed the connection");
        _end += read;
    }

    private int Compact()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        return _end - _start;
    }

    // Go's clients, which is what servers of this API serve, prefer AES-128; OpenSSL's own order begins with AES-256.
    private static readonly CipherSuitesPolicy AsGo = new(
    [
        TlsCipherSuite.TLS_AES_128_GCM_SHA256, TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    ]);

    private static SslClientAuthenticationOptions Options(Target target)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = target.Server.Host,
            ApplicationProtocols = [SslApplicationProtocol.Http11],
            CipherSuitesPolicy = AsGo,
            ClientCertificateContext = target.Client is { } client ? SslStreamCertificateContext.Create(client, null, offline: true) : null,
        };
        if (target.Authority is not { } authority)
        {
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
            return options;
        }

        options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        options.CertificateChainPolicy.CustomTrustStore.Add(authority);
        return options;
    }

    public void Dispose() => _stream.Dispose();
}
