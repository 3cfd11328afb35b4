using Microsoft.Extensions.Logging;
using Xebec.ApiServer.Admission.Matching;
using Xebec.ApiServer.Proxy;
using Xebec.ApiServer.Webhooks;
using Xebec.ComponentBase.Metrics;

namespace Xebec.ApiServer.Admission.Webhooks;

/// <summary>The two plugins that call webhooks, put together, and the connections they hold.</summary>
internal sealed class AdmissionWebhooks : IDisposable
{
    private const string Group = "admissionregistration.k8s.io";
    private readonly WebhookClients _mutatingClients;
    private readonly WebhookClients _validatingClients;

    public AdmissionWebhooks(
        AdmissionParts parts, MatchContext context, VersionedObjects versions, KubeApiServerOptions options, MetricsRegistry metrics,
        ILoggerFactory loggers)
    {
        var services = new ServiceResolver(parts.Catalog);
        _mutatingClients = new WebhookClients(services, options, parts.Time);
        _validatingClients = new WebhookClients(services, options, parts.Time);
        var matching = new WebhookMatching(context, versions, parts.Authorizer);
        var figures = new WebhookMetrics(metrics);
        var logger = loggers.CreateLogger<WebhookCaller>();
        Mutating = new MutatingWebhookAdmission(
            Model(parts, "mutatingwebhookconfigurations", _mutatingClients),
            new WebhookCaller(_mutatingClients, figures, parts.Time, logger), matching, versions);
        Validating = new ValidatingWebhookAdmission(
            Model(parts, "validatingwebhookconfigurations", _validatingClients),
            new WebhookCaller(_validatingClients, figures, parts.Time, logger), matching);
    }

    /// <summary>MutatingAdmissionWebhook.</summary>
    public MutatingWebhookAdmission Mutating { get; }

    /// <summary>ValidatingAdmissionWebhook.</summary>
    public ValidatingWebhookAdmission Validating { get; }

    private static WebhookModel Model(AdmissionParts parts, string plural, WebhookClients clients) =>
        new(parts.Catalog.Find(Group, "v1", plural)!.Cache, clients);

    public void Dispose()
    {
        _mutatingClients.Dispose();
        _validatingClients.Dispose();
    }
}
