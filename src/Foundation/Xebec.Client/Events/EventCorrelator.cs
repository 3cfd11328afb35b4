using Xebec.Api.Core.V1;

namespace Xebec.Client.Events;

/// <summary>
/// Keeps events from flooding, as upstream does: the same event raises a count, more than ten similar ones in ten minutes are
/// combined, and one source may report on one object 25 times at once and then once in five minutes.
/// </summary>
internal sealed class EventCorrelator
{
    private const int MostRemembered = 4096;
    private const int MostSimilar = 10;
    private const double BurstTokens = 25;
    private const double TokensPerSecond = 1.0 / 300;
    private static readonly TimeSpan SimilarWindow = TimeSpan.FromMinutes(10);

    private readonly LruCache<string, TokenBucket> _buckets = new(MostRemembered);
    private readonly LruCache<string, SimilarEvents> _similar = new(MostRemembered);
    private readonly LruCache<string, Event> _known = new(MostRemembered);

    /// <summary>The event to send, whose name and count are those of the known one when it is a repetition; null for spam.</summary>
    public CorrelatedEvent? Correlate(Event observed, DateTimeOffset now)
    {
        if (!TakeToken(SourceAndObject(observed), now))
            return null;
        var key = Aggregate(observed, now);
        if (_known.Get(key) is not { } known)
            return new CorrelatedEvent(key, observed, IsRepetition: false);
        observed.Metadata.Name = known.Metadata.Name;
        observed.Metadata.Namespace = known.Metadata.Namespace;
        observed.FirstTimestamp = known.FirstTimestamp;
        observed.Count = known.Count + 1;
        return new CorrelatedEvent(key, observed, IsRepetition: true);
    }

    /// <summary>Remembers what was stored, so that the next one like it raises its count.</summary>
    public void Stored(string key, Event stored) => _known.Set(key, stored);

    private bool TakeToken(string key, DateTimeOffset now)
    {
        var bucket = _buckets.Get(key);
        var tokens = bucket is null ? BurstTokens
            : Math.Min(BurstTokens, bucket.Tokens + ((now - bucket.At).TotalSeconds * TokensPerSecond));
        var taken = tokens >= 1;
        _buckets.Set(key, new TokenBucket(taken ? tokens - 1 : tokens, now));
        return taken;
    }

    private string Aggregate(Event observed, DateTimeOffset now)
    {
        var key = $"{SourceAndObject(observed)}|{observed.InvolvedObject.FieldPath}|{observed.Type}|{observed.Reason}";
        var similar = _similar.Get(key);
        if (similar is null || now - similar.LastAt > SimilarWindow)
            similar = new SimilarEvents([], now);
        similar.Messages.Add(observed.Message);
        _similar.Set(key, similar with { LastAt = now });
        if (similar.Messages.Count < MostSimilar)
            return $"{key}|{observed.Message}";
        similar.Messages.Remove(similar.Messages.First());
        observed.Message = $"(combined from similar events): {observed.Message}";
        return key;
    }

    private static string SourceAndObject(Event e)
    {
        var about = e.InvolvedObject;
        return $"{e.Source.Component}|{e.Source.Host}|{about.Kind}|{about.Namespace}|{about.Name}|{about.Uid}|{about.ApiVersion}";
    }

    private sealed record TokenBucket(double Tokens, DateTimeOffset At);

    private sealed record SimilarEvents(HashSet<string> Messages, DateTimeOffset LastAt);
}
