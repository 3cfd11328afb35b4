using Microsoft.Extensions.Logging;
using Xebec.Client;

namespace Xebec.ControllerManager;

/// <summary>What the controller manager is given by its host.</summary>
public sealed class ControllerManagerOptions
{
    /// <summary>The API server, as system:kube-controller-manager.</summary>
    public required ApiClient Client { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where controllers log.</summary>
    public required ILoggerFactory Loggers { get; init; }

    /// <summary>The cluster's CA certificates in PEM, published in every namespace as kube-root-ca.crt.</summary>
    public required string RootCertificateAuthorityPem { get; init; }

    /// <summary>How long a node may be silent before its state is Unknown; upstream's default of 40 seconds.</summary>
    public TimeSpan NodeMonitorGracePeriod { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>How many ended pods stay before the oldest are removed; upstream's default of 12500.</summary>
    public int TerminatedPodThreshold { get; init; } = 12500;
}
