using System.Text.Json;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Patches;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission.Webhooks;

/// <summary>Calls the mutating webhooks one after the other, by name of configuration, each seeing what those before it changed.</summary>
internal sealed class MutatingWebhookAdmission(WebhookModel model, WebhookCaller caller, WebhookMatching matching, VersionedObjects versions)
    : IAdmissionPlugin
{
    /// <inheritdoc/>
    public string Name => "MutatingAdmissionWebhook";

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) => model.Webhooks.Length > 0 && !ExemptKinds.Has(request);

    /// <inheritdoc/>
    public async ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.IsReinvocation && request.Object is { } again)
            request.Webhooks?.Begin(again);
        var webhooks = model.Webhooks;
        for (var i = 0; i < webhooks.Length; i++)
        {
            var webhook = webhooks[i];
            if (request.IsReinvocation && request.Webhooks?.Includes(webhook.Id) != true)
                continue;
            if (await matching.FindAsync(webhook, request, cancellationToken) is not { } target)
                continue;
            request.Webhooks ??= new Reinvocation();
            await CallAsync(webhook, target, i, request, cancellationToken);
        }

        if (request.Webhooks is { } called && request.Object is { } output)
            called.End(output);
    }

    private async ValueTask CallAsync(
        Webhook webhook, WebhookTarget target, int position, AdmissionRequest request, CancellationToken cancellationToken)
    {
        var answer = await caller.AskAsync(webhook, target, request, mutates: true, cancellationToken);
        var place = $"webhook.admission.k8s.io/round_{(request.IsReinvocation ? 1 : 0)}_index_{position}";
        if (answer is null)
        {
            caller.TellFailedOpen($"failed-open.mutation.{place}", webhook, request);
            return;
        }

        caller.Tell(webhook, answer, request);
        var isChanged = answer.Patch.Length > 0 && request.Object is not null
            && await PatchAsync(request, target, answer.Patch, cancellationToken);
        request.Annotate($"mutation.{place}", new ObjectValue
        {
            { "configuration", webhook.Configuration }, { "webhook", webhook.Name }, { "mutated", isChanged },
        }.ToString());
        if (isChanged)
        {
            request.Webhooks!.Changed();
            request.NeedsReinvocation = true;
        }

        if (webhook.SeesAgain)
            request.Webhooks!.Saw(webhook.Id);
    }

    private async ValueTask<bool> PatchAsync(
        AdmissionRequest request, WebhookTarget target, string patchBase64, CancellationToken cancellationToken)
    {
        var before = (ObjectValue)request.Object!.DeepClone();
        try
        {
            var patch = Value.Parse(Convert.FromBase64String(patchBase64));
            var patched = JsonPatch.Apply(target.Object!.DeepClone(), patch) as ObjectValue
                ?? throw ApiErrors.BadRequest("the patch leaves no object");
            await versions.AcceptAsync(request, target, patched, cancellationToken);
        }
        catch (Exception e) when (e is FormatException or JsonException or DecodeException or ApiException)
        {
            throw ApiErrors.InternalError(e.Message);
        }

        return !before.DeepEquals(request.Object);
    }
}
