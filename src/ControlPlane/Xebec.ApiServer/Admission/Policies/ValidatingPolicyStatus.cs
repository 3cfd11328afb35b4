using Microsoft.Extensions.Logging;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Admission.Policies;

/// <summary>Shows in each ValidatingAdmissionPolicy's status what type checking found, once for each generation; sleeps until one changes.</summary>
internal sealed partial class ValidatingPolicyStatus(AdmissionParts parts, ILogger<ValidatingPolicyStatus> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly PolicyTypeCheck _check = new(parts.Catalog);

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var policies = parts.Catalog.Find("admissionregistration.k8s.io", "v1", "validatingadmissionpolicies")!;
        var changed = new Wakeup();
        policies.Cache.Watchers.Add(changed);
        using var stop = cancellationToken.Register(changed.Signal);
        while (!cancellationToken.IsCancellationRequested)
        {
            if (await ReconcileAsync(policies, cancellationToken))
                await changed.WaitAsync();
            else
                await Task.Delay(Pause, parts.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        policies.Cache.Watchers.Remove(changed);
    }

    private async Task<bool> ReconcileAsync(ServedResource resource, CancellationToken cancellationToken)
    {
        var isDone = true;
        foreach (var item in resource.Cache.Snapshot.Ordered)
        {
            var policy = item.ToTree();
            var generation = policy.GetObject("metadata")?["generation"]?.AsInt64() ?? 0;
            if (policy.GetObject("status")?["observedGeneration"]?.AsInt64() != generation)
                isDone &= await TryWriteAsync(resource, item, generation, _check.Check(policy), cancellationToken);
        }

        return isDone;
    }

    private async Task<bool> TryWriteAsync(
        ServedResource resource, CachedObject item, long generation, ObjectValue typeChecking, CancellationToken cancellationToken)
    {
        var request = new WriteRequest
        {
            Resource = resource, Namespace = "", Name = item.Facts.Name, Subresource = "status",
            User = UserInfo.Self, FieldManager = "validatingadmissionpolicy-status",
        };
        try
        {
            await parts.Writer().UpdateAsync(request, stored => With(stored, generation, typeChecking), cancellationToken);
            return true;
        }
        catch (ApiException e) when (e.Code == 404)
        {
            return true;
        }
        catch (Exception e) when (e is ApiException or Store.StoreUnavailableException or OperationCanceledException)
        {
            LogFailed(item.Facts.Name, e);
            return false;
        }
    }

    // A policy that changed meanwhile is checked again for its new generation.
    private static ObjectValue With(ObjectValue policy, long generation, ObjectValue typeChecking)
    {
        var status = policy.GetOrAddObject("status");
        status["observedGeneration"] = generation;
        status["typeChecking"] = typeChecking.DeepClone();
        return policy;
    }

    [LoggerMessage(EventId = 1211, Level = LogLevel.Information, Message = "A policy's status was not updated; trying again policy=\"{Policy}\"")]
    private partial void LogFailed(string policy, Exception exception);
}
