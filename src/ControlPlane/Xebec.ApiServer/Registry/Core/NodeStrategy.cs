using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>Nodes: a kubelet registers its node with the status it has.</summary>
internal sealed class NodeStrategy : ResourceStrategy
{
    /// <inheritdoc/>
    public override bool CountsGenerations => false;

    /// <summary>The status is kept: nobody but the node knows it.</summary>
    public override void PrepareForCreate(ObjectValue created, bool hasStatus) => base.PrepareForCreate(created, hasStatus: false);
}
