using Xebec.Host.Cli;

namespace Xebec.Host.Tests.Cli;

public sealed class CommandLineTests
{
    private readonly CommandLine _xebec = new();

    [Theory]
    [InlineData("up --dettach", "unknown flag --dettach for 'xebec up'. Did you mean --detach?")]
    [InlineData("up --kubconfig=x", "unknown flag --kubconfig for 'xebec up'. Did you mean --kubeconfig?")]
    [InlineData("down --pruge", "unknown flag --pruge for 'xebec down'. Did you mean --purge?")]
    [InlineData("upp", "unknown command upp for 'xebec'. Did you mean up?")]
    [InlineData("image lsit", "unknown command lsit for 'xebec image'. Did you mean list?")]
    [InlineData("up --zzzzzzzz", "unknown flag --zzzzzzzz for 'xebec up'.")]
    [InlineData("up --port 99999", "a port is between 1 and 65535")]
    [InlineData("up --port many", "\"many\" is not a number")]
    [InlineData("up --registry-mirror nowhere", "an http or https URL is needed")]
    [InlineData("image build", "'--tag' is required")]
    [InlineData("image", "Required command was not provided")]
    public async Task WrongUsageIsExplainedWithExitCodeTwo(string arguments, string explanation)
    {
        Assert.Equal(CommandLineRunner.WrongUsage, await _xebec.RunAsync(arguments.Split(' ')));
        Assert.Contains(explanation, _xebec.Error, StringComparison.Ordinal);
        Assert.Contains("--help'.", _xebec.Error, StringComparison.Ordinal);
        Assert.Empty(_xebec.Output);
    }

    [Theory]
    [InlineData("--help", "completion")]
    [InlineData("", "completion")]
    [InlineData("up --help", "--registry-mirror")]
    [InlineData("down --help", "--purge")]
    [InlineData("server --help", "--port")]
    [InlineData("agent --help", "--node-name")]
    [InlineData("image --help", "build")]
    [InlineData("image build --help", "--build-arg")]
    [InlineData("image load --help", "archive")]
    [InlineData("image list --help", "--data-dir")]
    [InlineData("version --help", "Usage")]
    [InlineData("completion --help", "fish")]
    public async Task HelpIsEverywhere(string arguments, string word)
    {
        Assert.Equal(0, await _xebec.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Contains(word, _xebec.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("progress-pipe", _xebec.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VersionNamesTheKubernetesApi()
    {
        Assert.Equal(0, await _xebec.RunAsync("version"));
        Assert.Contains("Kubernetes v1.36", _xebec.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _xebec xebec")]
    [InlineData("zsh", "compdef _xebec xebec")]
    [InlineData("fish", "complete -c xebec")]
    public async Task CompletionScriptsAskXebecItself(string shell, string line)
    {
        Assert.Equal(0, await _xebec.RunAsync("completion", shell));
        Assert.Contains(line, _xebec.Output, StringComparison.Ordinal);
        Assert.Contains("[suggest:", _xebec.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xebec up --d", "--detach")]
    [InlineData("xebec im", "image")]
    [InlineData("xebec completion ", "zsh")]
    public async Task SuggestionsForAShell(string line, string word)
    {
        Assert.Equal(0, await _xebec.RunAsync($"[suggest:{line.Length}]", line));
        Assert.Contains(word, _xebec.Output.Split('\n').Select(one => one.Trim()));
    }

    [Fact]
    public async Task DownWithoutAClusterDoesNothing()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(0, await _xebec.RunAsync("down", "--data-dir", folder.Path));
        Assert.Contains("there is no cluster", _xebec.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UpWithoutPackagesListsThemAndFails()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(CommandLineRunner.Failed, await _xebec.RunAsync("up", "--no-install", "--data-dir", folder.Path));
        Assert.Contains("containerd (containerd): runs the containers", _xebec.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task LoadingNothingSaysWhatToDo()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(CommandLineRunner.Failed, await _xebec.RunAsync("image", "load", "nginx", "--data-dir", folder.Path));
        Assert.Contains("docker.io/library/nginx:latest is neither a file nor an image", _xebec.Error, StringComparison.Ordinal);
    }
}
