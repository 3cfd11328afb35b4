using Xebec.ApiServer.Admission.Expressions;
using Xebec.ApiServer.Admission.Matching;
using Xebec.ApiServer.Authorization;
using Xebec.Cel;

namespace Xebec.ApiServer.Admission.Webhooks;

/// <summary>Which requests a webhook is called for, and as what it sees them.</summary>
internal sealed class WebhookMatching(MatchContext context, VersionedObjects versions, IAuthorizer authorizer)
{
    /// <summary>The request as the webhook sees it, null when it is not called.</summary>
    /// <exception cref="ApiMachinery.Errors.ApiException">A match condition can't be evaluated and the failure policy is Fail.</exception>
    public async ValueTask<WebhookTarget?> FindAsync(Webhook webhook, AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (webhook.Criteria.Find(request, context) is not { } matched)
            return null;
        var target = await versions.SeeAsync(request, matched, cancellationToken);
        try
        {
            return webhook.Conditions.IsEmpty || Hold(webhook, request, target) ? target : null;
        }
        catch (ExpressionException e)
        {
            throw Denied.Because(request, e.Message);
        }
    }

    private bool Hold(Webhook webhook, AdmissionRequest request, WebhookTarget target) =>
        webhook.Conditions.Hold(RequestActivation.Of(request, target, authorizer), new CelBudget(CelBudget.MatchConditionsBudget));
}
