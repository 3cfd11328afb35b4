using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Meta;

/// <summary>The metadata of an object with an endpoint.</summary>
/// <param name="nameRule">What the kind's names must look like.</param>
/// <param name="namespaced">Whether it must be in a namespace, or must not; null when the kind is not known.</param>
/// <param name="builtIn">Built-in kinds allow no finalizers without a domain but the platform's own.</param>
internal sealed class ObjectMetaRules(Func<string, IReadOnlyList<string>> nameRule, bool? namespaced, bool builtIn)
{
    /// <summary>The rules of a new object's metadata.</summary>
    public void Check(ObjectValue item, CheckContext context)
    {
        var metadata = item.GetObject("metadata") ?? [];
        context.Enter("metadata");
        CheckName(metadata, context);
        CheckNamespace(metadata, context);
        CheckShared(metadata, context);
        context.Leave();
    }

    /// <summary>The rules of a changed object's metadata.</summary>
    public void CheckUpdate(ObjectValue updated, ObjectValue stored, CheckContext context)
    {
        var metadata = updated.GetObject("metadata") ?? [];
        var before = stored.GetObject("metadata") ?? [];
        context.Enter("metadata");
        if (!before["deletionTimestamp"].IsAbsent())
            CheckNoNewFinalizers(metadata, before, context);
        foreach (var name in Immutable)
        {
            if (!ValueZero.SameOrBothZero(metadata[name], before[name]))
                context.Invalid(name, metadata[name] ?? "", "field is immutable");
        }

        CheckShared(metadata, context);
        context.Leave();
    }

    private static readonly string[] Immutable =
        ["name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"];

    private void CheckName(ObjectValue metadata, CheckContext context)
    {
        if (metadata.GetString("generateName") is { Length: > 0 } prefix && nameRule(MaskTrailingDash(prefix)) is { Count: > 0 } bad)
            context.AddInvalid(context.At("generateName"), prefix, bad);
        if (metadata.GetString("name") is not { Length: > 0 } name)
            context.Required("name", "name or generateName is required");
        else if (nameRule(name) is { Count: > 0 } messages)
            context.AddInvalid(context.At("name"), name, messages);
    }

    // A generated name goes on after the prefix, so the prefix may end with a dash.
    private static string MaskTrailingDash(string prefix) => prefix.Length > 1 && prefix[^1] == '-' ? prefix[..^2] + "a" : prefix;

    private void CheckNamespace(ObjectValue metadata, CheckContext context)
    {
        var ns = metadata.GetString("namespace") ?? "";
        if (namespaced == false && ns.Length > 0)
            context.Forbidden("namespace", "not allowed on this type");
        else if (namespaced == true && ns.Length == 0)
            context.Required("namespace");
        else if (ns.Length > 0 && NameRules.DnsLabel(ns) is { Count: > 0 } messages)
            context.AddInvalid(context.At("namespace"), ns, messages);
    }

    private void CheckShared(ObjectValue metadata, CheckContext context)
    {
        CheckLabelsAndAnnotations(metadata, context);
        if (metadata.GetList("ownerReferences") is { Count: > 0 } owners)
            OwnerReferenceRules.Check(owners, context);
        if (metadata.GetList("finalizers") is { Count: > 0 } finalizers)
            FinalizerRules.Check(finalizers, builtIn, context);
    }

    /// <summary>Labels and annotations, which templates have too. The walk stands on the metadata (or on the template).</summary>
    public static void CheckLabelsAndAnnotations(ObjectValue metadata, CheckContext context)
    {
        if (metadata.GetObject("labels") is { Count: > 0 } labels)
            LabelSelectorRules.CheckLabels(labels, "labels", context);
        if (metadata.GetObject("annotations") is { Count: > 0 } annotations)
            CheckAnnotations(annotations, context);
    }

    private static void CheckAnnotations(ObjectValue annotations, CheckContext context)
    {
        var found = new List<FieldError>();
        LabelRules.CheckAnnotations(annotations, FieldPath.Root("annotations"), found);
        if (found.Count > 0)
        {
            found.Clear();
            LabelRules.CheckAnnotations(annotations, context.At("annotations"), found);
            found.ForEach(context.Add);
        }
    }

    private static void CheckNoNewFinalizers(ObjectValue metadata, ObjectValue before, CheckContext context)
    {
        var old = before.GetList("finalizers") ?? [];
        var added = (metadata.GetList("finalizers") ?? []).Where(f => !old.Any(o => o.DeepEquals(f)));
        var texts = added.Select(f => GoText.Quote(f.AsString() ?? "")).Order(StringComparer.Ordinal).ToArray();
        if (texts.Length > 0)
        {
            var shown = $"[]string{{{string.Join(", ", texts)}}}";
            context.Add(FieldError.Forbidden(
                context.At("finalizers"),
                $"no new finalizers can be added if the object is being deleted, found new finalizers {shown}"));
        }
    }
}
