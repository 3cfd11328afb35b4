using System.Diagnostics;
using System.Text.Json;
using Xebec.EndToEnd.Tests.Commands;

namespace Xebec.EndToEnd.Tests.Clusters;

/// <summary>
/// A real cluster that is started by the launcher as a user would, in a network and a folder of its own. Disposing takes it down and
/// leaves nothing, whatever state it is in.
/// </summary>
public sealed class Cluster : IAsyncDisposable
{
    public const int Port = 6443;
    private const string FolderPrefix = "xebec-e2e-";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(15);
    private readonly FileStream _lock;
    private readonly List<Process> _background = [];

    private Cluster(FileStream claim, string folder, NetworkNamespace network)
    {
        (_lock, Folder, Network) = (claim, folder, network);
        Commands = new CommandRunner(network.Prefix, new Dictionary<string, string> { ["KUBECONFIG"] = Kubeconfig });
        Http = network.CreateHttpClient();
    }

    /// <summary>Everything of this cluster and its test.</summary>
    public string Folder { get; }

    public string DataFolder => Path.Combine(Folder, "data");

    public string Kubeconfig => Path.Combine(Folder, "kubeconfig");

    public string LogFile => Path.Combine(DataFolder, "logs", "xebec.log");

    /// <summary>The cluster's six characters, which are in the name of all that it makes on the machine.</summary>
    public string Id => JsonDocument.Parse(File.ReadAllText(Path.Combine(DataFolder, "cluster.json"))).RootElement.GetProperty("id").GetString()!;

    public NetworkNamespace Network { get; }

    /// <summary>Runs programs in the cluster's network, with its kubeconfig.</summary>
    public CommandRunner Commands { get; }

    /// <summary>Speaks HTTP in the cluster's network.</summary>
    public HttpClient Http { get; }

    /// <summary>Claims the machine's one place for a cluster under test, and makes folder and network. Nothing runs yet.</summary>
    public static async Task<Cluster> CreateAsync()
    {
        var claim = await ClaimAsync();
        try
        {
            // Where a source is newer than the executable the launcher builds it, which is nothing that the limits below should count.
            (await CommandRunner.OnMachine.RunAsync(Checkout.Xebec, ["version"], limit: BuildLimit)).MustSucceed();
            await RemoveAbandonedAsync();
            var name = $"{FolderPrefix}{Environment.ProcessId}-{Path.GetRandomFileName()[..4]}";
            var network = await NetworkNamespace.CreateAsync(name);
            return new Cluster(claim, Directory.CreateDirectory(Path.Combine("/tmp", name)).FullName, network);
        }
        catch
        {
            await claim.DisposeAsync();
            throw;
        }
    }

    /// <summary>xebec up --detach.</summary>
    public async Task UpAsync(params string[] arguments)
    {
        var result = await XebecAsync(["up", "--detach", "--kubeconfig", Kubeconfig, .. arguments]);
        if (result.ExitCode != 0) throw new InvalidOperationException($"{result}\n{LogTail()}");
    }

    /// <summary>Any verb of xebec, with this cluster's data folder.</summary>
    public Task<CommandResult> XebecAsync(params string[] arguments) =>
        Commands.RunAsync(Checkout.Xebec, [.. arguments, "--data-dir", DataFolder], limit: StartLimit);

    /// <summary>Starts a verb of xebec that runs on (server, agent); its log goes to a file beside the data.</summary>
    public Process StartXebec(string verb, params string[] arguments)
    {
        var log = Path.Combine(Folder, $"{verb}.log");
        string[] command = [Checkout.Xebec, verb, "--data-dir", DataFolder, .. arguments];
        var process = Commands.StartInBackground("sh", ["-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1", "sh", log, .. command]);
        _background.Add(process);
        return process;
    }

    /// <summary>kubectl, which must succeed; what it wrote to stdout, trimmed.</summary>
    public async Task<string> KubectlAsync(params string[] arguments) =>
        (await Commands.RunAsync("kubectl", arguments)).MustSucceed().Output.Trim();

    /// <summary>kubectl apply -f - of a manifest.</summary>
    public async Task ApplyAsync(string manifest) =>
        (await Commands.RunAsync("kubectl", ["apply", "-f", "-"], input: manifest)).MustSucceed();

    /// <summary>Builds an image by xebec image build, which loads it into the running node.</summary>
    public async Task BuildImageAsync(string name, string contextFolder) =>
        (await XebecAsync("image", "build", "--tag", name, contextFolder)).MustSucceed();

    /// <summary>What to read when a test has failed.</summary>
    public async Task<string> DiagnoseAsync()
    {
        string[][] questions =
        [
            ["get", "nodes,pods,deployments,replicasets,services,endpointslices", "-A", "-o", "wide"], ["get", "events", "-A"],
            ["describe", "pods", "-A"],
        ];
        var answers = await Task.WhenAll(questions.Select(arguments => Commands.RunAsync("kubectl", arguments, limit: TimeSpan.FromSeconds(20))));
        return $"{string.Join("\n\n", answers.Select(answer => answer.ToString()))}\n\n{LogTail()}";
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        foreach (var process in _background)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.Dispose();
        }

        var down = File.Exists(Path.Combine(DataFolder, "cluster.json")) ? await XebecAsync("down", "--purge") : null;
        await Network.DisposeAsync();
        await _lock.DisposeAsync();
        down?.MustSucceed();
        Directory.Delete(Folder, recursive: true);
    }

    private string LogTail()
    {
        var files = Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*.log").Append(LogFile).Where(File.Exists) : [];
        return string.Join("\n\n", files.Select(file => $"{file}:\n{string.Join('\n', File.ReadLines(file).TakeLast(150))}"));
    }

    /// <summary>One cluster under test at a time: more would only slow each other down.</summary>
    private static async Task<FileStream> ClaimAsync()
    {
        FileStream? claim = null;
        await Eventually.HoldsAsync("another end-to-end run ends", TimeSpan.FromMinutes(10), () =>
        {
            try
            {
                claim = new FileStream("/run/lock/xebec-e2e.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                return Task.FromResult<string?>(null);
            }
            catch (IOException exception)
            {
                return Task.FromResult<string?>(exception.Message);
            }
        });
        return claim!;
    }

    /// <summary>Takes down what a killed run left.</summary>
    private static async Task RemoveAbandonedAsync()
    {
        foreach (var folder in Directory.GetDirectories("/tmp", FolderPrefix + "*"))
        {
            var name = Path.GetFileName(folder);
            if (Directory.Exists($"/proc/{name[FolderPrefix.Length..].Split('-')[0]}")) continue;
            var runner = File.Exists($"/run/netns/{name}") ? new CommandRunner(["nsenter", $"--net=/run/netns/{name}"], new Dictionary<string, string>()) : CommandRunner.OnMachine;
            await runner.RunAsync(Checkout.Xebec, ["down", "--purge", "--data-dir", Path.Combine(folder, "data")], limit: StartLimit);
            await CommandRunner.OnMachine.RunAsync("ip", ["netns", "delete", name]);
            Directory.Delete(folder, recursive: true);
        }
    }
}
