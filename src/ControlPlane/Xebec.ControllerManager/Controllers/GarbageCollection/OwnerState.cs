namespace Xebec.ControllerManager.Controllers.GarbageCollection;

/// <summary>What a reference to an owner is worth.</summary>
internal enum OwnerState
{
    /// <summary>The owner exists: the dependent stays.</summary>
    Solid,

    /// <summary>The owner does not exist.</summary>
    Dangling,

    /// <summary>The owner exists only until its dependents are gone.</summary>
    WaitingForDependents,
}
