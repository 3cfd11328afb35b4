namespace Xebec.Kubelet.Nodes;

/// <summary>Which resources of the node run short.</summary>
internal readonly record struct NodePressure(bool Memory, bool Disk, bool Pid);
