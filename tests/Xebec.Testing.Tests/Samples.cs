using Xebec.Api.Apps.V1;
using Xebec.Api.Core.V1;
using Xebec.Api.Meta.V1;

namespace Xebec.Testing.Tests;

internal static class Samples
{
    public static Deployment Deployment(string name, int replicas, string image = "web:1") => new()
    {
        Metadata = { Name = name, Namespace = "default" },
        Spec =
        {
            Replicas = replicas,
            Selector = new LabelSelector { MatchLabels = { ["app"] = name } },
            Template =
            {
                Metadata = { Labels = { ["app"] = name } },
                Spec = { Containers = [new Container { Name = "web", Image = image }] },
            },
        },
    };

    public static Pod Pod(string name, string image = "web:1", string ns = "default") =>
        new() { Metadata = { Name = name, Namespace = ns }, Spec = { Containers = [new Container { Name = "main", Image = image }] } };

    public static ConfigMap ConfigMap(string name, string ns = "default") => new() { Metadata = { Name = name, Namespace = ns } };
}
