using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.CustomResources;

/// <summary>Custom resources: updates name the version they saw, and the status subresource writes the status alone.</summary>
internal sealed class CustomResourceStrategy : ResourceStrategy
{
    /// <inheritdoc/>
    public override bool AllowUnconditionalUpdate => false;

    /// <inheritdoc/>
    public override void PrepareForStatusUpdate(ObjectValue updated, ObjectValue stored)
    {
        var (status, managedFields) = (updated["status"], updated.GetObject("metadata")?["managedFields"]);
        updated.Clear();
        foreach (var (name, value) in stored)
            updated[name] = name == "metadata" ? value.DeepClone() : value;
        updated["status"] = status;
        updated.GetObject("metadata")!["managedFields"] = managedFields;
    }
}
