using Microsoft.AspNetCore.Http;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Proxy;
using Xebec.ComponentBase.Metrics;

namespace Xebec.ApiServer.Audit;

/// <summary>Begins the record of a request, when the policy wants one.</summary>
internal sealed class Auditor(AuditPolicy policy, AuditLog log, MetricsRegistry metrics, TimeProvider time)
{
    private const int MaximumUserAgent = 1024;

    private readonly MetricFamily<Counter> _levels = metrics.CounterFamily(
        "apiserver_audit_level_total", "Counter of policy levels for audit events (1 per request).", "level");

    /// <summary>The record of a request, its first moment written; null when the policy wants none. The user is null when unknown.</summary>
    public async ValueTask<AuditRecord?> BeginAsync(HttpContext http, RequestInfo info, UserInfo? user)
    {
        var auditId = http.Response.Headers[AuditId.Header].ToString();
        var decision = policy.Decide(info, user);
        _levels.WithLabels(decision.Level.ToString()).Increment();
        if (decision.Level == AuditLevel.None)
            return null;
        await log.WaitForRoomAsync(http.RequestAborted);
        var record = new AuditRecord(log, time, decision, Beginning(http, info, user, decision, auditId));
        http.Features.Set(record);
        record.Reach(AuditStages.RequestReceived);
        if (info.IsLongRunning)
            http.Response.OnStarting(AnswerStarts, (http, record));
        return record;
    }

    /// <summary>Records that a request failed, when it is recorded.</summary>
    public static void Fail(HttpContext http, ApiException failure, bool isUnforeseen) => http.Features.Get<AuditRecord>()?.Fail(failure, isUnforeseen);

    /// <summary>Records that a request has been answered, when it is recorded.</summary>
    public static void Complete(HttpContext http) => http.Features.Get<AuditRecord>()?.Complete(http.Response.StatusCode);

    private static Task AnswerStarts(object state)
    {
        var (http, record) = ((HttpContext, AuditRecord))state;
        record.Start(http.Response.StatusCode);
        return Task.CompletedTask;
    }

    private AuditEvent Beginning(HttpContext http, RequestInfo info, UserInfo? user, AuditDecision decision, string auditId)
    {
        var now = time.GetUtcNow();
        return new AuditEvent
        {
            Level = decision.Level,
            AuditId = auditId,
            Stage = AuditStages.None,
            RequestUri = ReverseProxy.RawPathAndQuery(http),
            Verb = info.Verb,
            User = user,
            ImpersonatedUser = null,
            SourceIps = SourceAddresses.Of(http),
            UserAgent = Limited(http.Request.Headers.UserAgent.ToString()),
            ObjectReference = info.IsResourceRequest
                ? new AuditObjectReference(info.Resource, info.Namespace, info.Name, info.Group, info.Version, info.Subresource)
                : null,
            Code = 0,
            Failure = null,
            RequestObject = null,
            ResponseObject = null,
            OmitManagedFields = decision.OmitManagedFields,
            Received = now,
            At = now,
            Annotations = [],
        };
    }

    private static string Limited(string userAgent) =>
        userAgent.Length > MaximumUserAgent ? $"{userAgent[..MaximumUserAgent]}...TRUNCATED" : userAgent;
}
