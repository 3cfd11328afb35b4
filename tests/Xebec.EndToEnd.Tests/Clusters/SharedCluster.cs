namespace Xebec.EndToEnd.Tests.Clusters;

/// <summary>The classes that leave the cluster as they found it share one.</summary>
[CollectionDefinition(Name)]
public sealed class SharedCluster : ICollectionFixture<ClusterFixture>
{
    public const string Name = "shared cluster";
}
