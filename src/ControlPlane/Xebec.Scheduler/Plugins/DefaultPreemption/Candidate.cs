using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Plugins.DefaultPreemption;

/// <summary>A node that has room for the pod once the victims are gone.</summary>
/// <param name="NodeName">The node.</param>
/// <param name="Victims">Who has to go, the most important first.</param>
/// <param name="BudgetViolations">How many of them a disruption budget protects.</param>
internal sealed record Candidate(string NodeName, PodInfo[] Victims, int BudgetViolations)
{
    /// <summary>The best first: fewest violations, least important victims, fewest of them, those that started last.</summary>
    public static int Compare(Candidate left, Candidate right)
    {
        var order = left.BudgetViolations.CompareTo(right.BudgetViolations);
        order = order != 0 ? order : left.Victims[0].Priority.CompareTo(right.Victims[0].Priority);
        order = order != 0 ? order : left.PrioritySum().CompareTo(right.PrioritySum());
        order = order != 0 ? order : left.Victims.Length.CompareTo(right.Victims.Length);
        return order != 0 ? order : Nullable.Compare(right.EarliestStart(), left.EarliestStart());
    }

    private decimal PrioritySum()
    {
        decimal sum = 0;
        foreach (var victim in Victims)
            sum += (decimal)victim.Priority + int.MaxValue + 1;
        return sum;
    }

    /// <summary>When the first of the most important victims started.</summary>
    private DateTimeOffset? EarliestStart()
    {
        DateTimeOffset? earliest = null;
        foreach (var victim in Victims)
        {
            if (victim.Priority == Victims[0].Priority && (earliest is null || victim.Pod.Status.StartTime < earliest))
                earliest = victim.Pod.Status.StartTime;
        }

        return earliest;
    }
}
