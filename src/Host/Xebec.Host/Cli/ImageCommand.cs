using System.CommandLine;
using System.Globalization;
using Xebec.Host.Clusters;
using Xebec.Host.Images;

namespace Xebec.Host.Cli;

internal static class ImageCommand
{
    public static Command Create(HostServices services)
    {
        var command = new Command("image", "Build images and load them into the node");
        command.Subcommands.Add(Build(services));
        command.Subcommands.Add(Load(services));
        command.Subcommands.Add(List(services));
        return command;
    }

    private static Command Build(HostServices services)
    {
        var context = new Argument<string>("context") { Description = "Folder that COPY takes files from", DefaultValueFactory = _ => "." };
        var tag = new Option<string>("--tag", "-t") { Description = "Name of the image", HelpName = "NAME[:TAG]", Required = true };
        var file = new Option<string?>("--file", "-f") 
        {
            Description = "The Dockerfile (default: Dockerfile in the context)",
            HelpName = "FILE",
        };
        var output = new Option<string?>("--output", "-o") { Description = "Also write the image as an OCI archive", HelpName = "FILE" };
        var arguments = new Option<string[]>("--build-arg") { Description = "Value of an ARG", HelpName = "NAME=VALUE" };
        var dataFolder = SharedOptions.DataFolder();
        var command = new Command("build", "Build an image from a Dockerfile into the local store; with a running node, into the node too")
        {
            context, tag, file, output, arguments, dataFolder,
        };
        command.SetAction(async (result, cancellationToken) =>
        {
            var folder = result.GetValue(context)!;
            var images = new ImageCommands(services, new DataFolder(result.GetValue(dataFolder)!));
            await images.BuildAsync(
                ImageReference.Normalize(result.GetValue(tag)!), result.GetValue(file) ?? Path.Combine(folder, "Dockerfile"), folder,
                Pairs(result.GetValue(arguments) ?? []), result.GetValue(output), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static Command Load(HostServices services)
    {
        var image = new Argument<string>("image") { Description = "Name of an image in the local store, or an OCI or Docker archive file" };
        var dataFolder = SharedOptions.DataFolder();
        var command = new Command("load", "Load an image into the node") { image, dataFolder };
        command.SetAction((result, cancellationToken) =>
            new ImageCommands(services, new DataFolder(result.GetValue(dataFolder)!))
                .LoadAsync(result.GetValue(image)!, cancellationToken));
        return command;
    }

    private static Command List(HostServices services)
    {
        var dataFolder = SharedOptions.DataFolder();
        var command = new Command("list", "List the images of the local store") { dataFolder };
        command.SetAction(result =>
        {
            services.Output.WriteLine($"{"IMAGE",-60} {"DIGEST",-14} {"SIZE",10}");
            foreach (var image in new ImageStore(new DataFolder(result.GetValue(dataFolder)!).Images).List())
                services.Output.WriteLine($"{image.Name,-60} {image.Manifest.Digest[7..19],-14} {Megabytes(image.SizeBytes),10}");
        });
        return command;
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture) + " MB";

    private static Dictionary<string, string> Pairs(string[] arguments)
    {
        if (arguments.FirstOrDefault(one => !one.Contains('=')) is { } bad)
            throw new HostException($"--build-arg {bad}: NAME=VALUE is needed");
        return arguments.Select(one => one.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
    }
}
