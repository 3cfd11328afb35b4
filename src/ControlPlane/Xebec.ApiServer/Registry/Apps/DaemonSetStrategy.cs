using System.Globalization;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Apps;

/// <summary>DaemonSets: an annotation counts the changes of their template, as older versions' spec.templateGeneration did.</summary>
internal sealed class DaemonSetStrategy : ResourceStrategy
{
    private const string Annotation = "deprecated.daemonset.template.generation";

    /// <inheritdoc/>
    public override void PrepareForCreate(ObjectValue created, bool hasStatus)
    {
        base.PrepareForCreate(created, hasStatus);
        Write(created, Math.Max(Read(created), 1));
    }

    /// <inheritdoc/>
    public override void PrepareForUpdate(ObjectValue updated, ObjectValue stored, bool hasStatus)
    {
        base.PrepareForUpdate(updated, stored, hasStatus);
        var isSame = updated.GetObject("spec")?["template"] is { } template && template.DeepEquals(stored.GetObject("spec")?["template"]);
        Write(updated, Read(stored) + (isSame ? 0 : 1));
    }

    /// <inheritdoc/>
    public override void PrepareForStatusUpdate(ObjectValue updated, ObjectValue stored)
    {
        base.PrepareForStatusUpdate(updated, stored);
        Write(updated, Read(stored));
    }

    private static long Read(ObjectValue set)
    {
        var text = set.GetObject("metadata")?.GetObject("annotations")?.GetString(Annotation);
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) ? count : 0;
    }

    private static void Write(ObjectValue set, long count) =>
        set.GetOrAddObject("metadata").GetOrAddObject("annotations")[Annotation] = count.ToString(CultureInfo.InvariantCulture);
}
