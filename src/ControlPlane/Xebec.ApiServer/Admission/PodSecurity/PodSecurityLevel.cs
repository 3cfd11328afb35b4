namespace Xebec.ApiServer.Admission.PodSecurity;

/// <summary>The Pod Security Standards.</summary>
internal enum PodSecurityLevel
{
    /// <summary>Everything goes.</summary>
    Privileged,

    /// <summary>No known ways to gain privileges.</summary>
    Baseline,

    /// <summary>Current best practice of hardening.</summary>
    Restricted,
}
