using System.Text.RegularExpressions;
using Xebec.Testing.Tests.Clients;

namespace Xebec.Testing.Tests.Packages;

/// <summary>The package as its users have it: packed, restored from a folder without any registry, and run by a project of its own.</summary>
public sealed partial class PackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xebec-package-").FullName;
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(10), TimeProvider.System);

    [Fact]
    public async Task ATestProjectRunsOnItOffline()
    {
        var root = CheckoutFolder();
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        await RunAsync(Path.Combine(root, "eng", "pack"), Path.Combine(_folder, "feed"), configuration);
        var installed = await RunAsync("dotnet", "nuget", "locals", "global-packages", "--list", "--force-english-output");
        var cache = installed[(installed.IndexOf(": ", StringComparison.Ordinal) + 2)..].Trim();
        var versions = await File.ReadAllTextAsync(Path.Combine(root, "Directory.Packages.props"));
        Write("nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="feed" value="{_folder}/feed" /></packageSources>
              <fallbackPackageFolders><clear /><add key="cache" value="{cache}" /></fallbackPackageFolders>
            </configuration>
            """);
        Write("Consumer.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
                <RestorePackagesPath>{_folder}/packages</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Xebec.Testing" Version="{ProductVersion().Match(await BuildPropertiesAsync(root)).Groups[1].Value}" />
                <PackageReference Include="xunit.v3" Version="{XunitVersion().Match(versions).Groups[1].Value}" />
              </ItemGroup>
            </Project>
            """);
        Write("ConsumerTests.cs", """
            using Xebec.Api.Core.V1;
            using Xebec.Testing;
            using Xunit;

            public class ConsumerTests
            {
                [Fact]
                public async Task APodRuns()
                {
                    await using var cluster = await TestCluster.StartAsync(new() { Nodes = 1 });
                    await cluster.Client().CreateAsync(new Pod
                    {
                        Metadata = { Name = "web", Namespace = "default" },
                        Spec = { Containers = [new Container { Name = "web", Image = "web:1" }] },
                    });
                    await cluster.WaitForAsync<Pod>("default", "web", pod => pod.Status.Phase == "Running");
                }
            }
            """);
        var output = await RunAsync("dotnet", "run", "--", "-noColor");
        Assert.Contains("Total: 1, Errors: 0, Failed: 0, Skipped: 0", output, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _patience.Dispose();
    }

    private static string CheckoutFolder()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Xebec.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("the checkout");
        return folder;
    }

    private static Task<string> BuildPropertiesAsync(string root) => File.ReadAllTextAsync(Path.Combine(root, "Directory.Build.props"));

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var (exitCode, output) = await Programs.RunAsync(program, arguments, _folder, "", _patience.Token);
        Assert.True(exitCode == 0, output);
        return output;
    }

    [GeneratedRegex("<Version>([^<]+)</Version>")]
    private static partial Regex ProductVersion();

    [GeneratedRegex("\"xunit.v3\" Version=\"([^\"]+)\"")]
    private static partial Regex XunitVersion();
}
