using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission.Expressions;

namespace Xebec.ApiServer.Registry.Admissionregistration;

/// <summary>Webhook configurations: their match conditions compile.</summary>
internal sealed class WebhookConfigurationStrategy : ResourceStrategy
{
    /// <inheritdoc/>
    public override bool AllowUnconditionalUpdate => false;

    /// <inheritdoc/>
    public override void Validate(ObjectValue created, List<FieldError> errors) => Check(created, new ExpressionCheck(errors, isNew: true));

    /// <inheritdoc/>
    public override void ValidateUpdate(ObjectValue updated, ObjectValue stored, List<FieldError> errors)
    {
        if (updated["webhooks"]?.DeepEquals(stored["webhooks"]) == false)
            Check(updated, new ExpressionCheck(errors, isNew: false));
    }

    private static void Check(ObjectValue configuration, ExpressionCheck check)
    {
        var webhooks = configuration.GetList("webhooks");
        for (var i = 0; i < webhooks?.Count; i++)
        {
            check.CheckConditions(
                FieldPath.Root("webhooks").Index(i), (ObjectValue)webhooks[i],
                check.IsNew ? AdmissionEnvironment.NewWebhooks : AdmissionEnvironment.Webhooks);
        }
    }
}
