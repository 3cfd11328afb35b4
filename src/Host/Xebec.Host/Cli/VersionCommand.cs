using System.CommandLine;
using System.Reflection;

namespace Xebec.Host.Cli;

internal static class VersionCommand
{
    private const string KubernetesVersion = "v1.36";

    public static Command Create(HostServices services)
    {
        var command = new Command("version", "Print the version of Xebec and of the Kubernetes API it speaks");
        command.SetAction(_ =>
        {
            var version = typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
            services.Output.WriteLine($"xebec {version} (Kubernetes {KubernetesVersion}, .NET {Environment.Version})");
        });
        return command;
    }
}
