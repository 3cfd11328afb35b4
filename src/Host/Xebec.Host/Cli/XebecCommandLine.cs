using System.CommandLine;

namespace Xebec.Host.Cli;

/// <summary>The tree of xebec's commands.</summary>
internal static class XebecCommandLine
{
    public static RootCommand Build(HostServices services)
    {
        var root = new RootCommand("Xebec: Kubernetes in one small fast executable.");
        root.Subcommands.Add(UpCommand.Create(services));
        root.Subcommands.Add(DownCommand.Create(services));
        root.Subcommands.Add(ServerCommand.Create(services));
        root.Subcommands.Add(AgentCommand.Create(services));
        root.Subcommands.Add(ImageCommand.Create(services));
        root.Subcommands.Add(VersionCommand.Create(services));
        root.Subcommands.Add(CompletionCommand.Create(services));
        return root;
    }
}
