using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Structural;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.CustomResources.Rules;
using Xebec.ApiServer.Printing;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.CustomResources;

/// <summary>CustomResourceDefinitions remember every version that was ever stored, and go only after their instances.</summary>
internal sealed class DefinitionStrategy : ResourceStrategy
{
    /// <inheritdoc/>
    public override bool AllowUnconditionalUpdate => false;

    /// <summary>Held by the server until every instance is gone.</summary>
    public const string Finalizer = "customresourcecleanup.apiextensions.k8s.io";

    /// <inheritdoc/>
    public override void PrepareForCreate(ObjectValue created, bool hasStatus)
    {
        base.PrepareForCreate(created, hasStatus);
        created["status"] = new ObjectValue();
        RememberStorageVersion(created);
    }

    /// <inheritdoc/>
    public override void PrepareForUpdate(ObjectValue updated, ObjectValue stored, bool hasStatus)
    {
        base.PrepareForUpdate(updated, stored, hasStatus);
        updated["status"] = updated["status"]?.DeepClone();
        RememberStorageVersion(updated);
    }

    /// <inheritdoc/>
    public override bool HoldsBack(ObjectValue stored) => !ObjectMetadata.IsBeingDeleted(stored);

    /// <inheritdoc/>
    public override void MarkTerminating(ObjectValue stored)
    {
        var metadata = stored.GetObject("metadata")!;
        var finalizers = metadata.GetList("finalizers") ?? new ListValue();
        if (!metadata.Texts("finalizers").Contains(Finalizer))
            finalizers.Add(Finalizer);
        metadata["finalizers"] = finalizers;
        DefinitionConditions.Set(
            stored, "Terminating", true, "InstanceDeletionPending",
            "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon",
            metadata.GetString("deletionTimestamp")!);
    }

    /// <inheritdoc/>
    public override void Validate(ObjectValue created, List<FieldError> errors)
    {
        if (errors.Count == 0)
            CheckRules(created, null, errors);
        InternalPaths.Apply(created, errors);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(ObjectValue updated, ObjectValue stored, List<FieldError> errors)
    {
        if (errors.Count == 0 && updated["spec"]?.DeepEquals(stored["spec"]) == false)
            CheckRules(updated, stored, errors);
        InternalPaths.Apply(updated, errors);
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Warnings(ObjectValue updated, ObjectValue? stored) => FormatWarnings.Of(updated, stored);

    private static void CheckRules(ObjectValue definition, ObjectValue? stored, List<FieldError> errors)
    {
        var known = KnownExpressions.Of(stored);
        var at = 0;
        foreach (var version in Definition.VersionsOf(definition))
        {
            var path = FieldPath.Root("spec").Child("versions").Index(at++).Child("schema", "openAPIV3Schema");
            if (version.At("schema", "openAPIV3Schema") is not ObjectValue schema)
                continue;
            var isChanged = stored is null || !Definition.VersionsOf(stored).Any(
                v => v.GetString("name") == version.GetString("name") && schema.DeepEquals(v.At("schema", "openAPIV3Schema")));
            RuleCheck.Check(StructuralReader.Read(schema), path, known, isChanged, errors);
        }
    }

    private static void RememberStorageVersion(ObjectValue definition)
    {
        var stored = Definition.VersionsOf(definition).FirstOrDefault(v => v.Flag("storage")).Text("name");
        var status = definition.GetOrAddObject("status");
        if (stored.Length == 0 || status.Texts("storedVersions").Contains(stored))
            return;
        var versions = status.GetList("storedVersions") ?? new ListValue();
        versions.Add(stored);
        status["storedVersions"] = versions;
    }
}
