using Xebec.Api.Rules;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Batch;

/// <summary>Jobs: unless they choose their pods themselves, they get labels and a selector that no other job has.</summary>
internal sealed class JobStrategy : ResourceStrategy
{
    private const string OldUid = "controller-uid";
    private const string Uid = "batch.kubernetes.io/controller-uid";
    private const string OldName = "job-name";
    private const string Name = "batch.kubernetes.io/job-name";
    private const string PodsStay = "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to "
        + "remove them or set propagationPolicy=Orphan to suppress this warning";

    /// <inheritdoc/>
    public override bool OrphansByDefault => true;

    /// <inheritdoc/>
    public override string? DefaultPropagationWarning => PodsStay;

    /// <inheritdoc/>
    public override void PrepareForCreate(ObjectValue created, bool hasStatus)
    {
        base.PrepareForCreate(created, hasStatus);
        if (ChoosesPods(created))
            return;
        var spec = created.GetOrAddObject("spec");
        var labels = spec.GetOrAddObject("template").GetOrAddObject("metadata").GetOrAddObject("labels");
        foreach (var (label, value) in Expected(created))
        {
            if (!labels.ContainsKey(label))
                labels[label] = value;
        }

        var selected = spec.GetOrAddObject("selector").GetOrAddObject("matchLabels");
        if (!selected.ContainsKey(Uid))
            selected[Uid] = created.GetObject("metadata")?.GetString("uid");
    }

    /// <inheritdoc/>
    public override void Validate(ObjectValue created, List<FieldError> errors)
    {
        var (spec, path) = (created.GetObject("spec") ?? [], FieldPath.Root("spec"));
        if (spec.GetObject("selector") is not { } selector)
            errors.Add(FieldError.Required(path.Child("selector")));
        else if (!ChoosesPods(created))
            CheckGenerated(created, selector, path, errors);
    }

    private static void CheckGenerated(ObjectValue job, ObjectValue selector, FieldPath path, List<FieldError> errors)
    {
        var labels = job.GetObject("spec")!.GetObject("template")?.GetObject("metadata")?.GetObject("labels");
        var labelsPath = path.Child("template", "metadata", "labels");
        foreach (var (label, value) in Expected(job))
        {
            if (labels?.GetString(label) != value)
                errors.Add(FieldError.Invalid(labelsPath.Key(label), labels, $"must be '{value}'"));
        }

        var expected = new ObjectValue();
        foreach (var (label, value) in Expected(job))
            expected[label] = value;
        if (!WorkloadSelector.Matches(selector, expected))
            errors.Add(FieldError.Invalid(path.Child("selector"), selector, "`selector` not auto-generated"));
    }

    private static bool ChoosesPods(ObjectValue job) => job.GetObject("spec")?["manualSelector"]?.AsBool() == true;

    private static (string Label, string Value)[] Expected(ObjectValue job)
    {
        var metadata = job.GetObject("metadata");
        var (name, uid) = (metadata?.GetString("name") ?? "", metadata?.GetString("uid") ?? "");
        return [(OldUid, uid), (OldName, name), (Uid, uid), (Name, name)];
    }
}
