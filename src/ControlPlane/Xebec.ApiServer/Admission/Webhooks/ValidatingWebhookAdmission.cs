namespace Xebec.ApiServer.Admission.Webhooks;

/// <summary>Calls the validating webhooks all at once; one that denies is enough.</summary>
internal sealed class ValidatingWebhookAdmission(WebhookModel model, WebhookCaller caller, WebhookMatching matching) : IAdmissionPlugin
{
    /// <inheritdoc/>
    public string Name => "ValidatingAdmissionWebhook";

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) => model.Webhooks.Length > 0 && !ExemptKinds.Has(request);

    /// <inheritdoc/>
    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var calls = new List<Task>();
        var webhooks = model.Webhooks;
        for (var i = 0; i < webhooks.Length; i++)
        {
            if (await matching.FindAsync(webhooks[i], request, cancellationToken) is { } target)
                calls.Add(CallAsync(webhooks[i], target, i, request, cancellationToken));
        }

        // All end before the first refusal is told, so that none sees an object that is written on meanwhile.
        await Task.WhenAll(calls);
    }

    private async Task CallAsync(
        Webhook webhook, WebhookTarget target, int position, AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (await caller.AskAsync(webhook, target, request, mutates: false, cancellationToken) is { } answer)
            caller.Tell(webhook, answer, request);
        else
            caller.TellFailedOpen($"failed-open.validating.webhook.admission.k8s.io/round_0_index_{position}", webhook, request);
    }
}
