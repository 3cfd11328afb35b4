namespace Xebec.ApiServer.Authentication;

/// <summary>An object by name and uid: another object of the same name later is not it.</summary>
/// <param name="Name">metadata.name.</param>
/// <param name="Uid">metadata.uid.</param>
internal sealed record ObjectIdentity(string Name, string Uid);
