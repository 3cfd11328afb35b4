using Xebec.ApiMachinery.Resources;

namespace Xebec.Api;

/// <summary>A typed object with its place in the API.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IKubernetesObject<TSelf> : IKubernetesObject, IApiType<TSelf>
    where TSelf : IKubernetesObject<TSelf>
{
    /// <summary>Its group, version, plural, scope and so on.</summary>
    static abstract ResourceInfo Resource { get; }
}
