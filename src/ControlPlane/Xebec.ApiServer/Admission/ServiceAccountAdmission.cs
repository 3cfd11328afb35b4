using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authorization;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Admission;

/// <summary>Every pod runs as a service account, with its token, the cluster's CA and its namespace mounted (KEP-1205).</summary>
internal sealed class ServiceAccountAdmission(AdmissionParts parts) : IAdmissionPlugin
{
    private const string DefaultAccount = "default";

    // A namespace's first pod may come before the controller has made its default account.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly DerivedFacts<ObjectValue> _accounts = new(account => account.ToTree());

    /// <inheritdoc/>
    public string Name => "ServiceAccount";

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) => (request.Operation == AdmissionOperation.Create && request.Is("", "pods")) ||
        (request.Operation == AdmissionOperation.Update && request.Subresource == "ephemeralcontainers" &&
            request.Resource is { Plural: "pods", GroupVersion.Group: "" });

    /// <inheritdoc/>
    public async ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation != AdmissionOperation.Create)
            return;
        // Of a mirror nothing is changed: the kubelet deletes one that is not as it made it.
        if (PodReferences.IsMirror(request.Object!))
        {
            ServiceAccountSecrets.CheckMirror(request, request.Object!);
            return;
        }

        var spec = request.Object!.GetOrAddObject("spec");
        var name = spec.GetString("serviceAccountName") is { Length: > 0 } given ? given
            : spec.GetString("serviceAccount") is { Length: > 0 } deprecated ? deprecated : DefaultAccount;
        spec["serviceAccountName"] = name;
        spec["serviceAccount"] = name;
        var found = await FindAsync(request.Namespace, name, cancellationToken) ?? throw Denied.Because(
            request, $"error looking up service account {request.Namespace}/{name}: serviceaccount \"{name}\" not found");
        var account = _accounts.Of(found);
        if ((spec["automountServiceAccountToken"] ?? account["automountServiceAccountToken"])?.AsBool() != false)
            ServiceAccountVolume.Mount(request.Object, Random.Shared);
        if (spec.GetList("imagePullSecrets") is not { Count: > 0 } && account.GetList("imagePullSecrets") is { Count: > 0 } secrets)
            spec["imagePullSecrets"] = secrets.DeepClone();
    }

    /// <inheritdoc/>
    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var pod = request.Object!;
        if (PodReferences.IsMirror(pod))
            ServiceAccountSecrets.CheckMirror(request, pod);
        else if (parts.Find("", "serviceaccounts", request.Namespace, pod.GetObject("spec")?.GetString("serviceAccountName") ?? "") is { } account)
            ServiceAccountSecrets.Check(request, pod, _accounts.Of(account));
        return ValueTask.CompletedTask;
    }

    private async ValueTask<CachedObject?> FindAsync(string ns, string name, CancellationToken cancellationToken)
    {
        if (parts.Find("", "serviceaccounts", ns, name) is { } cached)
            return cached;
        await parts.Caches.WaitUntilFreshAsync(cancellationToken);
        if (parts.Find("", "serviceaccounts", ns, name) is { } fresh)
            return fresh;
        return name == DefaultAccount ? await WaitForAsync(ns, cancellationToken) : null;
    }

    private async ValueTask<CachedObject?> WaitForAsync(string ns, CancellationToken cancellationToken)
    {
        var deadline = parts.Time.GetUtcNow() + Patience;
        while (true)
        {
            var next = parts.Caches.Advanced.Next;
            if (parts.Find("", "serviceaccounts", ns, DefaultAccount) is { } found)
                return found;
            var left = deadline - parts.Time.GetUtcNow();
            if (left <= TimeSpan.Zero)
                return null;
            await Task.WhenAny(next, Task.Delay(left, parts.Time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
