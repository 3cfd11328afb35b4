using System.Collections.Concurrent;
using Xebec.Api.Authentication.V1;
using Xebec.Client;

namespace Xebec.Kubelet.Volumes;

/// <summary>Service-account tokens bound to a pod, renewed when 80% of their life is over (or after a day).</summary>
internal sealed class ServiceAccountTokens(ApiClient client, TimeProvider time)
{
    private const long DefaultExpirationSeconds = 3600;
    private static readonly TimeSpan LongestUse = TimeSpan.FromHours(24);
    private readonly ConcurrentDictionary<(string PodUid, string Audience, long ExpirationSeconds), Held> _tokens = new();

    public async Task<string> GetAsync(Pod pod, ServiceAccountTokenProjection source, CancellationToken cancellation)
    {
        var seconds = source.ExpirationSeconds ?? DefaultExpirationSeconds;
        var key = (pod.Metadata.Uid, source.Audience, seconds);
        var now = time.GetUtcNow();
        if (_tokens.TryGetValue(key, out var held) && now < held.RenewAt)
            return held.Token;
        var status = (await RequestAsync(pod, source.Audience, seconds, cancellation)).Status;
        var life = (status.ExpirationTimestamp ?? now.AddSeconds(seconds)) - now;
        var use = life * 0.8;
        _tokens[key] = new Held(status.Token, now + (use < LongestUse ? use : LongestUse));
        return status.Token;
    }

    public void Forget(string podUid)
    {
        foreach (var (key, _) in _tokens)
        {
            if (key.PodUid == podUid)
                _tokens.TryRemove(key, out _);
        }
    }

    private Task<TokenRequest> RequestAsync(Pod pod, string audience, long seconds, CancellationToken cancellation)
    {
        var request = new TokenRequest();
        request.Spec.ExpirationSeconds = seconds;
        if (audience.Length > 0)
            request.Spec.Audiences = [audience];
        request.Spec.BoundObjectRef = new BoundObjectReference
        {
            Kind = "Pod",
            ApiVersion = "v1",
            Name = pod.Metadata.Name,
            Uid = pod.Metadata.Uid,
        };
        var account = pod.Spec.ServiceAccountName.Length > 0 ? pod.Spec.ServiceAccountName : "default";
        return client.CreateTokenAsync(pod.Metadata.Namespace, account, request, cancellation);
    }

    private sealed record Held(string Token, DateTimeOffset RenewAt);
}
