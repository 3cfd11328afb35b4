using System.CommandLine;
using Xebec.Host.Clusters;

namespace Xebec.Host.Cli;

internal static class DownCommand
{
    public static Command Create(HostServices services)
    {
        var dataFolder = SharedOptions.DataFolder();
        var purge = new Option<bool>("--purge") { Description = "Also delete the cluster's data and its context in the kubeconfig" };
        var command = new Command("down", "Stop everything that up, server and agent started") { dataFolder, purge };
        command.SetAction((result, cancellationToken) =>
            new Down(services, new DataFolder(result.GetValue(dataFolder)!)).RunAsync(result.GetValue(purge), cancellationToken));
        return command;
    }
}
