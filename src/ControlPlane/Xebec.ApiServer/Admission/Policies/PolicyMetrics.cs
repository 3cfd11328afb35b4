using Xebec.ComponentBase.Metrics;

namespace Xebec.ApiServer.Admission.Policies;

/// <summary>What policies cost and refuse, by upstream's names and labels.</summary>
internal sealed class PolicyMetrics
{
    private static readonly double[] SecondsBounds = [0.0000005, 0.001, 0.01, 0.1, 1];
    private readonly MetricFamily<Counter> _total;
    private readonly MetricFamily<Histogram> _duration;

    /// <param name="registry">Where they are shown.</param>
    /// <param name="kind">validating or mutating.</param>
    public PolicyMetrics(MetricsRegistry registry, string kind)
    {
        var which = $"{char.ToUpperInvariant(kind[0])}{kind[1..]} admission";
        _total = registry.CounterFamily(
            $"apiserver_{kind}_admission_policy_check_total",
            $"{which} policy check total, labeled by policy and further identified by binding and enforcement action taken.",
            "policy", "policy_binding", "error_type", "enforcement_action");
        _duration = registry.HistogramFamily(
            $"apiserver_{kind}_admission_policy_check_duration_seconds",
            $"{which} latency for individual validation expressions in seconds, labeled by policy and further including binding and enforcement "
            + "action taken.",
            SecondsBounds, "policy", "policy_binding", "error_type", "enforcement_action");
    }

    /// <summary>A policy was applied by a binding.</summary>
    public void Checked(string policy, string binding, bool isError, string action, TimeSpan elapsed)
    {
        var error = isError ? "invalid_error" : "no_error";
        _total.WithLabels(policy, binding, error, action).Increment();
        _duration.WithLabels(policy, binding, error, action).Observe(elapsed.TotalSeconds);
    }
}
