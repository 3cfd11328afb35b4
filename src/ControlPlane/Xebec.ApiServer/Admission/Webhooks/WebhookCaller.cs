using Microsoft.Extensions.Logging;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiServer.Webhooks;

namespace Xebec.ApiServer.Admission.Webhooks;

/// <summary>Asks one webhook about one request, and makes of its answer, or of the lack of one, what the failure policy says.</summary>
internal sealed partial class WebhookCaller(WebhookClients clients, WebhookMetrics metrics, TimeProvider time, ILogger<WebhookCaller> logger)
{
    private readonly Lock _telling = new();

    /// <summary>The answer that admits; null when the webhook could not be called and admits by its failure policy.</summary>
    /// <exception cref="ApiException">It denies, or could not be called and the failure policy is Fail.</exception>
    public async Task<WebhookAnswer?> AskAsync(
        Webhook webhook, WebhookTarget target, AdmissionRequest request, bool mutates, CancellationToken cancellationToken)
    {
        var type = mutates ? "admit" : "validating";
        if (request.DryRun && !webhook.CanDryRun)
            throw ApiErrors.BadRequest($"admission webhook {GoText.Quote(webhook.Name)} does not support dry run");
        var started = time.GetTimestamp();
        try
        {
            var answer = await PostAsync(webhook, target, request, mutates, cancellationToken);
            var denial = answer.Allowed ? null : answer.Denial(webhook.Name);
            metrics.Called(webhook, type, request.Operation, time.GetElapsedTime(started), denial?.Code ?? 200);
            if (denial is null)
                return answer;
            metrics.Rejected(webhook, type, request.Operation, "no_error", denial.Code);
            Tell(webhook, answer, request);
            throw denial;
        }
        catch (WebhookCallException failure)
        {
            metrics.Called(webhook, type, request.Operation, time.GetElapsedTime(started), failure.Code == 0 ? 400 : failure.Code);
            return PassOver(webhook, type, request, failure);
        }
    }

    /// <summary>Hands on an answer's warnings and audit annotations; calls at once for one request do not meet.</summary>
    public void Tell(Webhook webhook, WebhookAnswer answer, AdmissionRequest request)
    {
        lock (_telling)
        {
            foreach (var warning in answer.Warnings)
                request.Warn(warning);
            foreach (var (key, value) in answer.AuditAnnotations)
                request.Annotate($"{webhook.Name}/{key}", value);
        }
    }

    /// <summary>Notes for the audit log that a webhook was passed over.</summary>
    public void TellFailedOpen(string key, Webhook webhook, AdmissionRequest request)
    {
        lock (_telling)
            request.Annotate(key, webhook.Name);
    }

    private async Task<WebhookAnswer> PostAsync(
        Webhook webhook, WebhookTarget target, AdmissionRequest request, bool mutates, CancellationToken cancellationToken)
    {
        var uid = Guid.NewGuid().ToString("D");
        var body = AdmissionReviewWriter.Write(request, target, webhook.ReviewVersion, uid);
        byte[] answer;
        try
        {
            answer = await clients.Get(webhook.Client).PostAsync(body, webhook.Timeout, cancellationToken);
        }
        catch (WebhookCallException e)
        {
            throw new WebhookCallException($"failed to call webhook: {e.Message}") { Code = e.Code };
        }

        return WebhookAnswer.Read(answer, uid, webhook.ReviewVersion, mutates);
    }

    private WebhookAnswer? PassOver(Webhook webhook, string type, AdmissionRequest request, WebhookCallException failure)
    {
        var why = $"failed calling webhook {GoText.Quote(webhook.Name)}: {failure.Message}";
        if (!webhook.FailsOpen)
        {
            metrics.Rejected(webhook, type, request.Operation, "calling_webhook_error", 0);
            throw ApiErrors.InternalError(why);
        }

        LogFailedOpen(webhook.Name, failure);
        metrics.FailedOpen(webhook, type);
        return null;
    }

    [LoggerMessage(EventId = 1210, Level = LogLevel.Warning, Message = "Failed calling webhook, failing open webhook=\"{Webhook}\"")]
    private partial void LogFailedOpen(string webhook, Exception exception);
}
