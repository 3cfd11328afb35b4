using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer;

/// <summary>One in-process request and its response: the features that the pipeline sees, over a pipe.</summary>
internal sealed class InProcessExchange : IHttpResponseBodyFeature, IHttpResponseFeature, IHttpRequestLifetimeFeature
{
    private readonly TaskCompletionSource<HttpResponseMessage> _response = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Pipe _body = new(new PipeOptions(pauseWriterThreshold: 1024 * 1024, resumeWriterThreshold: 512 * 1024));
    private readonly CancellationTokenSource _aborted;
    private readonly DefaultHttpContext _http;
    private readonly HttpRequestFeature _request = new();
    private NotifyingPipeWriter? _writer;
    private CancellationToken? _bounded;
    private Func<Task>? _onStarting;

    public InProcessExchange(InProcessIdentity identity, CancellationToken cancellationToken)
    {
        _aborted = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(_request);
        features.Set<IHttpResponseFeature>(this);
        features.Set<IHttpResponseBodyFeature>(this);
        features.Set<IHttpRequestLifetimeFeature>(this);
        features.Set(identity);
        _http = new DefaultHttpContext(features);
        _aborted.Token.Register(() => _response.TrySetCanceled());
    }

    /// <summary>Completes when the response's head is decided.</summary>
    public Task<HttpResponseMessage> Response => _response.Task;

    /// <summary>Takes the request over.</summary>
    public void Fill(HttpRequestMessage message, byte[] body)
    {
        _request.Method = message.Method.Method;
        _request.Scheme = "https";
        _request.Protocol = "HTTP/2";
        _request.Path = Uri.UnescapeDataString(message.RequestUri!.AbsolutePath);
        _request.QueryString = message.RequestUri.Query;
        foreach (var (name, values) in message.Headers.NonValidated)
            _request.Headers[name] = values.ToArray();
        foreach (var (name, values) in message.Content?.Headers.NonValidated ?? default)
            _request.Headers[name] = values.ToArray();
        _request.Body = new MemoryStream(body, writable: false);
        _request.Headers.ContentLength = body.Length;
    }

    /// <summary>Runs the pipeline to its end.</summary>
    public async Task RunAsync(RequestDelegate pipeline)
    {
        try
        {
            await pipeline(_http);
            Start();
            await _body.Writer.CompleteAsync();
        }
        catch (Exception e)
        {
            _response.TrySetException(e);
            await _body.Writer.CompleteAsync(e);
        }
    }

    private void Start()
    {
        if (HasStarted)
            return;
        HasStarted = true;
        // What the pipeline registers completes at once: nothing is waited for.
        _ = _onStarting?.Invoke();
        var response = new HttpResponseMessage((HttpStatusCode)StatusCode)
        {
            Content = new StreamContent(new AbortOnDisposeStream(_body.Reader.AsStream(), _aborted)),
        };
        foreach (var (name, values) in Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                response.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        _response.TrySetResult(response);
    }

    /// <inheritdoc/>
    public int StatusCode { get; set; } = 200;

    /// <inheritdoc/>
    public string? ReasonPhrase { get; set; }

    /// <inheritdoc/>
    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

    /// <inheritdoc/>
    Stream IHttpResponseFeature.Body { get; set; } = Stream.Null;

    /// <inheritdoc/>
    public bool HasStarted { get; private set; }

    /// <inheritdoc/>
    public void OnStarting(Func<object, Task> callback, object state) => _onStarting += () => callback(state);

    /// <inheritdoc/>
    public void OnCompleted(Func<object, Task> callback, object state)
    {
    }

    /// <inheritdoc/>
    public Stream Stream => Writer.AsStream(leaveOpen: true);

    /// <inheritdoc/>
    public PipeWriter Writer => _writer ??= new NotifyingPipeWriter(_body.Writer, Start);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task CompleteAsync()
    {
        Start();
        return _body.Writer.CompleteAsync().AsTask();
    }

    /// <inheritdoc/>
    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

    /// <inheritdoc/>
    public void DisableBuffering()
    {
    }

    /// <inheritdoc/>
    public CancellationToken RequestAborted
    {
        get => _bounded ?? _aborted.Token;
        set => _bounded = value;
    }

    /// <inheritdoc/>
    public void Abort() => _aborted.Cancel();
}
