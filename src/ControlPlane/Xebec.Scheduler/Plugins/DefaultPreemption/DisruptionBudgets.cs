using Xebec.Api.Policy.V1;
using Xebec.Client.Selectors;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Plugins.DefaultPreemption;

/// <summary>Counts what disruption budgets still allow while pods are taken from a node one by one.</summary>
internal sealed class DisruptionBudgets(Func<string, IEnumerable<PodDisruptionBudget>> budgetsOf)
{
    private readonly Dictionary<PodDisruptionBudget, int> _left = new(ReferenceEqualityComparer.Instance);

    /// <summary>Counts one more disruption; true when a budget does not allow it.</summary>
    public bool Violates(PodInfo pod)
    {
        var violates = false;
        foreach (var budget in budgetsOf(pod.Name.Namespace))
        {
            if (LabelSelectors.IsEmpty(budget.Spec.Selector) || !LabelSelectors.Matches(budget.Spec.Selector, pod.Pod.Metadata.Labels) ||
                budget.Status.DisruptedPods.ContainsKey(pod.Name.Name))
                continue;
            var left = _left.GetValueOrDefault(budget, budget.Status.DisruptionsAllowed) - 1;
            _left[budget] = left;
            violates |= left < 0;
        }

        return violates;
    }
}
