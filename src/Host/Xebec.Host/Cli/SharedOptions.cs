using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Xebec.Host.Clusters;

namespace Xebec.Host.Cli;

/// <summary>Options that several commands have; each command gets its own.</summary>
internal static class SharedOptions
{
    public static Option<string> DataFolder() => new("--data-dir")
    {
        Description = "Folder that holds everything of the cluster",
        HelpName = "DIR",
        DefaultValueFactory = _ => Clusters.DataFolder.Default,
    };

    public static Option<string?> Kubeconfig() => new("--kubeconfig")
    {
        Description = "Kubeconfig file to merge the context xebec into (default: $KUBECONFIG, then ~/.kube/config)",
        HelpName = "FILE",
    };

    public static Option<string?> NodeName() => new("--node-name")
    {
        Description = "Name of the node (default: the host's name)",
        HelpName = "NAME",
    };

    public static Option<int?> Port()
    {
        return new Option<int?>("--port")
        {
            Description = $"TCP port of the API server (default: as before, or {ClusterOptions.DefaultPort})",
            HelpName = "PORT",
            CustomParser = ParsePort,
        };
    }

    private static int? ParsePort(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!int.TryParse(text, CultureInfo.InvariantCulture, out var port)) result.AddError($"--port: \"{text}\" is not a number");
        else if (port is < 1 or > 65535) result.AddError($"--port {port}: a port is between 1 and 65535");
        else return port;
        return null;
    }

    public static Option<string?> RegistryMirror()
    {
        var option = new Option<string?>("--registry-mirror")
        {
            Description = "Registry that is asked first for images of docker.io, such as http://127.0.0.1:5000",
            HelpName = "URL",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !IsHttpUrl(token.Value))
                result.AddError($"--registry-mirror {token.Value}: an http or https URL is needed");
        });
        return option;
    }

    public static Option<string[]> EnableAdmissionPlugins() => Plugins(
        "--enable-admission-plugins", "Admission plugins to run besides those that run anyway, separated by commas");

    public static Option<string[]> DisableAdmissionPlugins() => Plugins(
        "--disable-admission-plugins", "Admission plugins not to run, separated by commas");

    private static Option<string[]> Plugins(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "NAMES",
        CustomParser = result => [.. result.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
    };

    public static Option<bool> NoInstall() => new("--no-install")
    {
        Description = "Name missing system packages and stop, instead of installing them",
    };

    private static bool IsHttpUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}
