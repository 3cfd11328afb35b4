namespace Xebec.Kubelet.Runtime;

/// <summary>How the image's own groups and the pod's supplemental groups combine (KEP-3619).</summary>
public enum SupplementalGroupsPolicy
{
    /// <summary>The groups in the image's /etc/group are added.</summary>
    Merge = 0,
    /// <summary>Only the pod's groups.</summary>
    Strict = 1,
}
