namespace Xebec.ApiMachinery.Resources;

/// <summary>A subresource of a kind, and the kind it speaks.</summary>
/// <param name="Name">For example scale.</param>
/// <param name="GroupVersion">The group and version of the kind it speaks.</param>
/// <param name="Kind">The kind it speaks; the parent's own for status and the like.</param>
public sealed record SubresourceInfo(string Name, GroupVersion GroupVersion, string Kind);
