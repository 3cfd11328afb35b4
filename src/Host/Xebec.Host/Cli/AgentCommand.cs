using System.CommandLine;
using Xebec.Host.Clusters;

namespace Xebec.Host.Cli;

internal static class AgentCommand
{
    public static Command Create(HostServices services)
    {
        var (dataFolder, nodeName) = (SharedOptions.DataFolder(), SharedOptions.NodeName());
        var (port, mirror, noInstall) = (SharedOptions.Port(), SharedOptions.RegistryMirror(), SharedOptions.NoInstall());
        var command = new Command("agent", "Run one node only, in the foreground, for the server of its data folder; its pods outlive it")
        {
            dataFolder, nodeName, port, mirror, noInstall,
        };
        command.SetAction((result, cancellationToken) => new AgentRun(services, new ClusterOptions
        {
            DataFolder = new DataFolder(result.GetValue(dataFolder)!),
            NodeName = result.GetValue(nodeName),
            Port = result.GetValue(port),
            RegistryMirror = result.GetValue(mirror),
            MayInstall = !result.GetValue(noInstall),
        }).RunAsync(cancellationToken));
        return command;
    }
}
