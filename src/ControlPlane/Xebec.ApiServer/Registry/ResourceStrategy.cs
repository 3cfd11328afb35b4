using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.Registry;

/// <summary>
/// What is particular to a kind on its way into the store, as plain functions on the tree. The defaults fit most kinds: the main
/// resource ignores status, the status subresource ignores everything else, and a changed spec makes a new generation.
/// </summary>
public class ResourceStrategy
{
    /// <summary>A PUT to a name that does not exist creates it.</summary>
    public virtual bool AllowCreateOnUpdate => false;

    /// <summary>An update may leave out resourceVersion and then overwrites whatever is there.</summary>
    public virtual bool AllowUnconditionalUpdate => true;

    /// <summary>metadata.generation counts changes of everything but metadata and status.</summary>
    public virtual bool CountsGenerations => true;

    /// <summary>Whether a change makes a new generation, of the kinds that count them.</summary>
    public virtual bool IsNewGeneration(ObjectValue updated, ObjectValue stored, bool hasStatus) =>
        ObjectMetadata.SpecChanged(updated, stored, hasStatus);

    /// <summary>The grace period of a delete, in seconds, given the one that was asked for; 0 deletes at once, as all but pods do.</summary>
    public virtual long GracePeriodSeconds(ObjectValue stored, long? requested) => 0;

    /// <summary>The deleted object is the answer of a delete; otherwise a Status is.</summary>
    public virtual bool ReturnsDeletedObject => false;

    /// <summary>A delete may leave what becomes of dependents to the garbage collector.</summary>
    public virtual bool IsGarbageCollected => true;

    /// <summary>Dependents stay when a delete does not say what becomes of them.</summary>
    public virtual bool OrphansByDefault => false;

    /// <summary>What clients are warned of whose delete does not say what becomes of dependents, null when nothing.</summary>
    public virtual string? DefaultPropagationWarning => null;

    /// <summary>Something besides metadata.finalizers keeps an object that is being deleted (a namespace's spec.finalizers).</summary>
    public virtual bool HoldsBack(ObjectValue stored) => false;

    /// <summary>Marks an object whose deletion begins, besides its metadata (a namespace's phase).</summary>
    public virtual void MarkTerminating(ObjectValue stored)
    {
    }

    /// <summary>Notes who makes a new object, for kinds that say so.</summary>
    public virtual void SetRequester(ObjectValue created, UserInfo requester)
    {
    }

    /// <summary>Carries over what an update of a subresource other than status may not change.</summary>
    public virtual void PrepareForSubresourceUpdate(ObjectValue updated, ObjectValue stored, string subresource, string now)
    {
    }

    /// <summary>Clears what clients may not set on create.</summary>
    public virtual void PrepareForCreate(ObjectValue created, bool hasStatus)
    {
        if (hasStatus)
            created.Remove("status");
        if (CountsGenerations)
            created.GetOrAddObject("metadata")["generation"] = 1L;
    }

    /// <summary>Carries over what an update of the main resource may not change.</summary>
    public virtual void PrepareForUpdate(ObjectValue updated, ObjectValue stored, bool hasStatus)
    {
        if (hasStatus)
            updated["status"] = stored["status"];
    }

    /// <summary>Carries over all but the status (and the metadata that a status update may change).</summary>
    public virtual void PrepareForStatusUpdate(ObjectValue updated, ObjectValue stored)
    {
        for (var i = updated.Count - 1; i >= 0; i--)
        {
            var name = updated.At(i).Key;
            if (name is not ("apiVersion" or "kind" or "metadata" or "status") && !stored.ContainsKey(name))
                updated.Remove(name);
        }

        foreach (var (name, value) in stored)
        {
            if (name is not ("apiVersion" or "kind" or "metadata" or "status"))
                updated[name] = value;
        }
    }

    /// <summary>Changes that only the server can make because they need other objects (addresses, ports), run just before the write.</summary>
    public virtual ValueTask AllocateAsync(ObjectValue updated, ObjectValue? stored, bool dryRun, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    /// <summary>Gives back what <see cref="AllocateAsync"/> took, after a failed write or a delete.</summary>
    public virtual void Release(ObjectValue removed)
    {
    }

    /// <summary>Gives back what a successful update no longer uses.</summary>
    public virtual void ReleaseReplaced(ObjectValue stored, ObjectValue updated)
    {
    }

    /// <summary>Refuses what is wrong with a new object, besides the kind's declared rules.</summary>
    public virtual void Validate(ObjectValue created, List<FieldError> errors)
    {
    }

    /// <summary>Refuses what is wrong with a change, besides the kind's declared rules.</summary>
    public virtual void ValidateUpdate(ObjectValue updated, ObjectValue stored, List<FieldError> errors)
    {
    }

    /// <summary>The same, of kinds that have what is only warned of.</summary>
    public virtual void ValidateUpdate(ObjectValue updated, ObjectValue stored, List<FieldError> errors, Action<string> warn) =>
        ValidateUpdate(updated, stored, errors);

    /// <summary>What a valid object may be doing wrong; the stored one is null when it is new.</summary>
    public virtual IEnumerable<string> Warnings(ObjectValue updated, ObjectValue? stored) => [];

    /// <summary>Refuses what is wrong with a change of the status alone, besides what is wrong with any change.</summary>
    public virtual void ValidateStatusUpdate(ObjectValue updated, ObjectValue stored, List<FieldError> errors)
    {
    }
}
