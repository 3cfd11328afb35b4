using System.Globalization;
using Xebec.ApiServer.Admission.Matching;
using Xebec.ComponentBase.Metrics;

namespace Xebec.ApiServer.Admission.Webhooks;

/// <summary>What webhooks cost and refuse, by upstream's names and labels.</summary>
internal sealed class WebhookMetrics(MetricsRegistry registry)
{
    private const int HighestCode = 600;
    private static readonly double[] SecondsBounds = [0.005, 0.025, 0.1, 0.5, 1, 2.5, 10, 25];

    private readonly MetricFamily<Histogram> _duration = registry.HistogramFamily(
        "apiserver_admission_webhook_admission_duration_seconds",
        "Admission webhook latency histogram in seconds, identified by name and broken out for each operation and API resource and type (validate or admit).",
        SecondsBounds, "name", "type", "operation", "rejected");

    private readonly MetricFamily<Counter> _requests = registry.CounterFamily(
        "apiserver_admission_webhook_request_total",
        "Admission webhook request total, identified by name and broken out for each admission type (validating or mutating) and operation.",
        "name", "type", "operation", "code", "rejected");

    private readonly MetricFamily<Counter> _rejections = registry.CounterFamily(
        "apiserver_admission_webhook_rejection_count",
        "Admission webhook rejection count, identified by name and broken out for each admission type (validating or admit) and operation.",
        "name", "type", "operation", "error_type", "rejection_code");

    private readonly MetricFamily<Counter> _failOpen = registry.CounterFamily(
        "apiserver_admission_webhook_fail_open_count",
        "Admission webhook fail open count, identified by name and broken out for each admission type (validating or mutating).",
        "name", "type");

    /// <summary>A call has ended; the code is 200 when it admitted.</summary>
    public void Called(Webhook webhook, string type, AdmissionOperation operation, TimeSpan elapsed, int code)
    {
        var rejected = code == 200 ? "false" : "true";
        _duration.WithLabels(webhook.Name, type, OperationText.Of(operation), rejected).Observe(elapsed.TotalSeconds);
        _requests.WithLabels(webhook.Name, type, OperationText.Of(operation), CodeText(code), rejected).Increment();
    }

    /// <summary>A request was refused; the code is 0 when the webhook did not refuse it but could not be called.</summary>
    public void Rejected(Webhook webhook, string type, AdmissionOperation operation, string errorType, int code) =>
        _rejections.WithLabels(webhook.Name, type, OperationText.Of(operation), errorType, CodeText(code)).Increment();

    /// <summary>A webhook that could not be called was passed over.</summary>
    public void FailedOpen(Webhook webhook, string type) => _failOpen.WithLabels(webhook.Name, type).Increment();

    private static string CodeText(int code) => Math.Min(code, HighestCode).ToString(CultureInfo.InvariantCulture);
}
