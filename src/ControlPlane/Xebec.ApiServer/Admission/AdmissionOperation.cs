namespace Xebec.ApiServer.Admission;

/// <summary>What a write does, as admission sees it.</summary>
public enum AdmissionOperation
{
    /// <summary>Makes an object.</summary>
    Create,

    /// <summary>Changes one.</summary>
    Update,

    /// <summary>Deletes one.</summary>
    Delete,

    /// <summary>Opens a connection to one (exec, attach, port-forward, proxy).</summary>
    Connect,
}
