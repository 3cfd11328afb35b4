using System.Buffers;
using System.IO.Pipelines;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Endpoints.Formats;

/// <summary>A media type that objects, lists and watch events are written in.</summary>
internal abstract class ResponseFormat
{
    /// <summary>The Content-Type of an object or list.</summary>
    public abstract string ContentType { get; }

    /// <summary>The Content-Type of a watch.</summary>
    public virtual string WatchContentType => ContentType;

    /// <summary>Writes one object.</summary>
    public abstract void WriteObject(IBufferWriter<byte> output, ServedResource resource, CachedObject item);

    /// <summary>Writes a list; flushes as it goes, so that a large list is never held whole.</summary>
    public abstract ValueTask WriteListAsync(PipeWriter output, ServedResource resource, ListPage page, CancellationToken cancellationToken);

    /// <summary>Writes one frame of a watch.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="type">ADDED, MODIFIED, DELETED.</param>
    /// <param name="item">The object.</param>
    public abstract void WriteEvent(IBufferWriter<byte> output, ServedResource resource, string type, CachedObject item);

    /// <summary>Writes a BOOKMARK frame.</summary>
    public abstract void WriteBookmark(IBufferWriter<byte> output, ServedResource resource, long revision, bool initialEventsEnd);

    /// <summary>Writes an ERROR frame.</summary>
    public abstract void WriteError(IBufferWriter<byte> output, ReadOnlySpan<byte> statusJson);
}
