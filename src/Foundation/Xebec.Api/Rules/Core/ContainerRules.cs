using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Containers of every sort: main, init and ephemeral.</summary>
internal static class ContainerRules
{
    public static void Default(ObjectValue container)
    {
        if (container["imagePullPolicy"].IsZero())
            container["imagePullPolicy"] = ImageName.DefaultPullPolicy(container.GetString("image") ?? "");
    }
}
