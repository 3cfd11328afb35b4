using System.CommandLine;
using Xebec.Host.Clusters;

namespace Xebec.Host.Cli;

internal static class UpCommand
{
    public static Command Create(HostServices services)
    {
        var (dataFolder, kubeconfig, nodeName) = (SharedOptions.DataFolder(), SharedOptions.Kubeconfig(), SharedOptions.NodeName());
        var (port, mirror, noInstall) = (SharedOptions.Port(), SharedOptions.RegistryMirror(), SharedOptions.NoInstall());
        var demo = new Option<bool>("--demo") { Description = "Build and deploy the demo, and show that it answers" };
        var detach = new Option<bool>("--detach", "-d") { Description = "Return when the cluster is ready; it runs on until xebec down" };
        var progressPipe = new Option<string?>("--progress-pipe") { Hidden = true };
        var command = new Command("up", "Start the control plane and one node; Ctrl-C stops them again")
        {
            demo, detach, dataFolder, kubeconfig, nodeName, port, mirror, noInstall, progressPipe,
        };
        // The same as of xebec server, whose help shows them.
        var flags = new ApiServerFlags(hidden: true);
        flags.AddTo(command);
        command.SetAction((result, cancellationToken) =>
        {
            var options = new ClusterOptions
            {
                DataFolder = new DataFolder(result.GetValue(dataFolder)!),
                KubeconfigPath = result.GetValue(kubeconfig),
                NodeName = result.GetValue(nodeName),
                Port = result.GetValue(port),
                RegistryMirror = result.GetValue(mirror),
                MayInstall = !result.GetValue(noInstall),
                ApiServerFlags = flags.Read(result),
            };
            var up = new Up(services, options);
            return result.GetValue(progressPipe) is { } pipe
                ? up.RunDetachedAsync(pipe, cancellationToken)
                : up.RunAsync(result.GetValue(demo), result.GetValue(detach), cancellationToken);
        });
        return command;
    }
}
