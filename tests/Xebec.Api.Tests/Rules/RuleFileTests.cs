using Xebec.Api.Rules.Declarations;

namespace Xebec.Api.Tests.Rules;

public sealed class RuleFileTests
{
    [Fact]
    public void EveryEmbeddedFileParsesAndNamesOnlyWhatTheSchemaHas()
    {
        var files = typeof(BuiltIn).Assembly.GetManifestResourceNames().Where(n => n.EndsWith(".rules", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var version = file[..^".rules".Length];
            var dot = version.LastIndexOf('.');
            Assert.NotEmpty(RuleCatalog.Package($"{version[..dot]}/{version[(dot + 1)..]}"));
        }
    }

    [Theory]
    [InlineData("package core/v1\ntype Pood\n", "test.rules:2: unknown type core/v1.Pood")]
    [InlineData("package core/v1\ntype Pod\n  spec.replicas default=1\n", "test.rules:3: core/v1.PodSpec has no field 'replicas'")]
    [InlineData("package core/v1\ntype Pod\n  spec.dnsPolicy.x default=1\n", "test.rules:3: nothing below 'x'")]
    [InlineData("package core/v1\ntype Pod\ntype Pod\n", "test.rules:3: core/v1.Pod has rules twice")]
    [InlineData("package core/v1\n  name required\n", "test.rules:2: a field outside a type")]
    [InlineData("rule x\n", "test.rules:1: expected package or type, not 'rule'")]
    public void AWrongFileIsRefusedWithItsPlace(string text, string message)
    {
        var reader = new RuleReader("test.rules", BuiltIn.Schema);
        Assert.Equal(message, Assert.Throws<RuleFormatException>(() => reader.Read(text)).Message);
    }

    [Fact]
    public void BlanksInsideQuotesDoNotEndAnAttribute()
    {
        var rules = new RuleReader("test.rules", BuiltIn.Schema).Read("package core/v1\ntype Pod\n  spec.subdomain default=\"a b\" required\n");
        var line = Assert.Single(rules["core/v1.Pod"].Lines);
        Assert.Equal("\"a b\"", line.Argument("default"));
        Assert.True(line.Has("required"));
        Assert.Equal(["spec", "subdomain"], line.Path);
    }
}
