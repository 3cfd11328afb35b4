using System.CommandLine;
using Xebec.Host.Clusters;

namespace Xebec.Host.Cli;

internal static class ServerCommand
{
    public static Command Create(HostServices services)
    {
        var (dataFolder, kubeconfig, port) = (SharedOptions.DataFolder(), SharedOptions.Kubeconfig(), SharedOptions.Port());
        var command = new Command("server", "Run the control plane only, in the foreground") { dataFolder, kubeconfig, port };
        var flags = new ApiServerFlags();
        flags.AddTo(command);
        var serving = new ServingFlags();
        serving.AddTo(command);
        command.SetAction((result, cancellationToken) => new ServerRun(services, new ClusterOptions
        {
            DataFolder = new DataFolder(result.GetValue(dataFolder)!),
            KubeconfigPath = result.GetValue(kubeconfig),
            Port = result.GetValue(port),
            ApiServerFlags = flags.Read(result),
            Serving = serving.Read(result),
        }).RunAsync(cancellationToken));
        return command;
    }
}
