namespace Xebec.Kubelet.Runtime;

/// <summary>A host device in a container; permissions are letters of <c>rwm</c> (read, write, mknod).</summary>
public sealed record Device(string ContainerPath, string HostPath, string Permissions);
