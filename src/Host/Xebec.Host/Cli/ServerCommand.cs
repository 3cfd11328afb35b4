using System.CommandLine;
using Xebec.Host.Clusters;

namespace Xebec.Host.Cli;

internal static class ServerCommand
{
    public static Command Create(HostServices services)
    {
        var (dataFolder, kubeconfig, port) = (SharedOptions.DataFolder(), SharedOptions.Kubeconfig(), SharedOptions.Port());
        var (enable, disable) = (SharedOptions.EnableAdmissionPlugins(), SharedOptions.DisableAdmissionPlugins());
        var command = new Command("server", "Run the control plane only, in the foreground") 
        {
            dataFolder, kubeconfig, port, enable, disable,
        };
        command.SetAction((result, cancellationToken) => new ServerRun(services, new ClusterOptions
        {
            DataFolder = new DataFolder(result.GetValue(dataFolder)!),
            KubeconfigPath = result.GetValue(kubeconfig),
            Port = result.GetValue(port),
            EnableAdmissionPlugins = result.GetValue(enable) ?? [],
            DisableAdmissionPlugins = result.GetValue(disable) ?? [],
        }).RunAsync(cancellationToken));
        return command;
    }
}
