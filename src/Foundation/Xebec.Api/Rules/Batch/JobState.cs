using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Batch;

/// <summary>A job's status as its rules read it.</summary>
internal readonly struct JobState(ObjectValue job)
{
    /// <summary>The job's spec.</summary>
    public ObjectValue Spec { get; } = job.GetObject("spec") ?? [];

    /// <summary>Its status.</summary>
    public ObjectValue Status { get; } = job.GetObject("status") ?? [];

    /// <summary>Whether its pods have indexes.</summary>
    public bool IsIndexed => Spec.GetString("completionMode") == "Indexed";

    /// <summary>Whether it is complete or has failed.</summary>
    public bool IsFinished => Is("Complete") || Is("Failed");

    /// <summary>The path of a field of the status.</summary>
    public static FieldPath At(string field) => FieldPath.Root("status").Child(field);

    /// <summary>Whether a condition is True.</summary>
    public bool Is(string condition) => Status.GetList("conditions")?.Any(
        c => c.AsObject() is { } o && o.GetString("type") == condition && o.GetString("status") == "True") == true;

    /// <summary>Whether one of the conditions is another than before.</summary>
    public bool Turned(JobState before, params ReadOnlySpan<string> conditions)
    {
        foreach (var condition in conditions)
        {
            if (Is(condition) != before.Is(condition))
                return true;
        }

        return false;
    }

    /// <summary>Whether one of the fields is another than before.</summary>
    public bool HasChanged(JobState before, params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            if (!ValueZero.SameOrBothZero(Status[field], before.Status[field]))
                return true;
        }

        return false;
    }

    /// <summary>A counter, 0 when it is absent.</summary>
    public long Number(string field) => Status[field]?.AsInt64() ?? 0;

    /// <summary>A time, null when it is absent.</summary>
    public string? Time(string field) => Status.GetString(field);
}
