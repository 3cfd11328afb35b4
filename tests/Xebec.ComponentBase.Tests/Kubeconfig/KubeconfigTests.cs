using Xebec.ComponentBase.Kubeconfig;

namespace Xebec.ComponentBase.Tests.Kubeconfig;

public sealed class KubeconfigTests : IDisposable
{
    private const string Foreign = """
        apiVersion: v1
        kind: Config
        current-context: work
        clusters:
        - cluster: {server: "https://work:6443", insecure-skip-tls-verify: true}
          name: work
        contexts:
        - context: {cluster: work, user: me, namespace: "0123"}
          name: work
        users:
        - name: me
          user:
            exec:
              command: get-token
              args: ["yes", '1.10']
        x-own: [1, two]

        """;

    private static readonly KubeconfigEntry Entry = new("xebec", new Uri("https://127.0.0.1:6443"), "CA\n", "CERT\n", "KEY\n");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void NewFileHasOneContextAndIsPrivate()
    {
        KubeconfigFile.Merge(_folder.File("new/config"), Entry);

        var text = File.ReadAllText(_folder.File("new/config"));
        Assert.Contains("current-context: xebec\n", text, StringComparison.Ordinal);
        Assert.Contains("server: https://127.0.0.1:6443\n", text, StringComparison.Ordinal);
        Assert.Contains("client-key-data: " + Convert.ToBase64String("KEY\n"u8) + "\n", text, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File("new/config")));
    }

    [Fact]
    public void MergeKeepsForeignEntriesAndTheirQuotes()
    {
        var merged = KubeconfigText.Merge(Foreign, Entry);

        Assert.Contains("""{server: "https://work:6443", insecure-skip-tls-verify: true}""", Compact(merged), StringComparison.Ordinal);
        Assert.Contains("""namespace: "0123" """.TrimEnd(), merged, StringComparison.Ordinal);
        Assert.Contains("'1.10'", merged, StringComparison.Ordinal);
        Assert.Contains("x-own:", merged, StringComparison.Ordinal);
        Assert.Contains("current-context: xebec", merged, StringComparison.Ordinal);
    }

    [Fact]
    public void MergeTwiceChangesNothing()
    {
        var once = KubeconfigText.Merge(Foreign, Entry);

        Assert.Equal(once, KubeconfigText.Merge(once, Entry));
    }

    [Fact]
    public void RemoveUndoesMergeButForTheCurrentContext()
    {
        var removed = KubeconfigText.Remove(KubeconfigText.Merge(Foreign, Entry), "xebec");

        Assert.DoesNotContain("xebec", removed, StringComparison.Ordinal);
        Assert.Contains("current-context: \"\"", removed, StringComparison.Ordinal);
        Assert.Contains("https://work:6443", removed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- a list")]
    [InlineData("{")]
    public void WhatIsNoKubeconfigIsRefusedAndLeftAlone(string text)
    {
        File.WriteAllText(_folder.File("config"), text);

        Assert.Throws<InvalidDataException>(() => KubeconfigFile.Merge(_folder.File("config"), Entry));
        Assert.Equal(text, File.ReadAllText(_folder.File("config")));
    }

    [Fact]
    public void LocateFollowsKubectlsOrder()
    {
        File.WriteAllText(_folder.File("there"), "");
        var list = $"{_folder.File("absent")}:{_folder.File("there")}:{_folder.File("last")}";

        Assert.Equal("/x/y", KubeconfigFile.Locate("/x/y", list, "/home/me"));
        Assert.Equal(_folder.File("there"), KubeconfigFile.Locate(null, list, "/home/me"));
        Assert.Equal("/nope/2", KubeconfigFile.Locate(null, "/nope/1:/nope/2", "/home/me"));
        Assert.Equal("/home/me/.kube/config", KubeconfigFile.Locate(null, "", "/home/me"));
    }

    private static string Compact(string text) => string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
