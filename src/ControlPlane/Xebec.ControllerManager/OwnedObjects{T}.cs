namespace Xebec.ControllerManager;

/// <summary>The outcome of sorting candidates: what is owned already, what to adopt and what to release.</summary>
internal sealed record OwnedObjects<T>(List<T> Owned, List<T> ToAdopt, List<T> ToRelease);
