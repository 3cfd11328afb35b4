namespace Xebec.Client;

/// <summary>One answer of a list.</summary>
/// <param name="Items">The objects.</param>
/// <param name="ResourceVersion">The version the list shows; a watch goes on from it.</param>
/// <param name="Continue">The token for the next part; empty when this is the last.</param>
public sealed record KubernetesList<T>(List<T> Items, string ResourceVersion, string Continue);
