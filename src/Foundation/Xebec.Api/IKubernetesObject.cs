using Xebec.Api.Meta.V1;

namespace Xebec.Api;

/// <summary>An object with a name: what every kind with an endpoint has in common.</summary>
public interface IKubernetesObject
{
    /// <summary>Group and version, for example apps/v1.</summary>
    string ApiVersion { get; set; }

    /// <summary>The kind, for example Deployment.</summary>
    string Kind { get; set; }

    /// <summary>Name, namespace, labels, owners and so on.</summary>
    ObjectMeta Metadata { get; set; }
}
