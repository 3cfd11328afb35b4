using System.Globalization;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Authentication;

/// <summary>Whether the object a token is bound to is still there; looks into the object only when it has changed.</summary>
/// <param name="resource">The object's resource.</param>
/// <param name="ns">Its namespace.</param>
/// <param name="identity">Which it is.</param>
/// <param name="leewaySeconds">How much longer than the object is supposed to be there a token works, so that what shuts down can still report.</param>
internal sealed class LiveReference(ServedResource resource, string ns, ObjectIdentity identity, int leewaySeconds = LiveReference.UsualLeewaySeconds)
{
    private const int UsualLeewaySeconds = 60;
    private readonly string _key = resource.Key(ns, identity.Name);
    private State? _last;

    public bool IsAlive(DateTimeOffset now)
    {
        if (resource.Cache.Snapshot.Objects.GetValueOrDefault(_key) is not { } current)
            return false;
        if (_last is not { } last || !ReferenceEquals(last.Seen, current))
            _last = last = Look(current);
        return last.IsSame && (last.GoneAt is not { } goneAt || now < goneAt.AddSeconds(leewaySeconds));
    }

    private State Look(CachedObject current)
    {
        var metadata = current.ToTree().GetObject("metadata");
        var deletion = metadata?.GetString("deletionTimestamp");
        return new State(
            current, identity.Uid.Length == 0 || metadata?.GetString("uid") == identity.Uid,
            deletion is { Length: > 0 } ? DateTimeOffset.Parse(deletion, CultureInfo.InvariantCulture) : null);
    }

    private sealed record State(CachedObject Seen, bool IsSame, DateTimeOffset? GoneAt);
}
