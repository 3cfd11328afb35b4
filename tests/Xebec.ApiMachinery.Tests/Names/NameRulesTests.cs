using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Tests.Names;

public sealed class NameRulesTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("a-1", true)]
    [InlineData("1a", true)]
    [InlineData("", false)]
    [InlineData("A", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("a.b", false)]
    public void Labels(string text, bool isRight) => Assert.Equal(isRight, NameRules.DnsLabel(text).Count == 0);

    [Theory]
    [InlineData("a.b-c.1", true)]
    [InlineData("a..b", false)]
    [InlineData(".a", false)]
    [InlineData("a_b", false)]
    public void Subdomains(string text, bool isRight) => Assert.Equal(isRight, NameRules.DnsSubdomain(text).Count == 0);

    [Fact]
    public void A_bad_label_is_told_as_upstream_tells_it() => Assert.Equal(
        ["a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric "
            + "character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"],
        NameRules.DnsLabel("A_"));

    [Fact]
    public void A_long_label_is_told_by_bytes() => Assert.Equal(["must be no more than 63 bytes"], NameRules.DnsLabel(new string('a', 64)));

    [Fact]
    public void A_service_name_starts_with_a_letter()
    {
        Assert.Empty(NameRules.Dns1035Label("a1"));
        Assert.StartsWith("a DNS-1035 label must consist of", NameRules.Dns1035Label("1a")[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("app", 0)]
    [InlineData("example.com/App_1.x", 0)]
    [InlineData("/x", 1)]
    [InlineData("x/", 2)]
    [InlineData("a/b/c", 1)]
    [InlineData("Example.com/x", 1)]
    public void Qualified_names(string text, int errors) => Assert.Equal(errors, NameRules.QualifiedName(text).Count);

    [Theory]
    [InlineData("", true)]
    [InlineData("a_b.C-1", true)]
    [InlineData("-a", false)]
    [InlineData("a b", false)]
    public void Label_values(string text, bool isRight) => Assert.Equal(isRight, NameRules.LabelValue(text).Count == 0);

    [Theory]
    [InlineData("system:node", 0)]
    [InlineData("..", 1)]
    [InlineData("a/b%", 2)]
    public void Path_segments(string text, int errors) => Assert.Equal(errors, NameRules.PathSegment(text).Count);

    [Theory]
    [InlineData("a.txt", 0)]
    [InlineData("..", 1)]
    [InlineData("..a", 1)]
    [InlineData("a b", 1)]
    public void Config_keys(string text, int errors) => Assert.Equal(errors, NameRules.ConfigMapKey(text).Count);

    [Theory]
    [InlineData("http", 0)]
    [InlineData("", 2)]
    [InlineData("80", 1)]
    [InlineData("a--b", 1)]
    [InlineData("-a", 1)]
    [InlineData("averyverylongname", 1)]
    public void Port_names(string text, int errors) => Assert.Equal(errors, PortRules.Name(text).Count);

    [Theory]
    [InlineData("10.0.0.1", true)]
    [InlineData("10.0.0.01", false)]
    [InlineData("10.1", false)]
    [InlineData("::1", true)]
    [InlineData("fe80::1%eth0", false)]
    public void Addresses(string text, bool isRight) => Assert.Equal(isRight, AddressRules.Ip(text).Count == 0);

    [Theory]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("10.0.0.0/33", false)]
    [InlineData("2001:db8::/64", true)]
    [InlineData("10.0.0.0", false)]
    public void Blocks(string text, bool isRight) => Assert.Equal(isRight, AddressRules.Cidr(text).Count == 0);

    [Fact]
    public void Percentages()
    {
        Assert.Empty(PortRules.Percent("25%"));
        Assert.Single(PortRules.Percent("%"));
        Assert.Single(PortRules.Percent("2.5%"));
    }

    [Fact]
    public void A_generated_name_fits_a_label_and_is_one()
    {
        var name = GeneratedName.Create(new string('a', 70), new Random(1));
        Assert.Equal(63, name.Length);
        Assert.Empty(NameRules.DnsLabel(name));
        Assert.Equal("web-a", GeneratedName.MaskTrailingDash("web-b-"));
    }

    [Fact]
    public void Labels_and_annotations_collect_errors()
    {
        var errors = new List<FieldError>();
        LabelRules.CheckLabels(new ObjectValue { ["a b"] = "x", ["ok"] = "not ok" }, FieldPath.Root("metadata").Child("labels"), errors);
        LabelRules.CheckAnnotations(
            new ObjectValue { ["Fine.Example.com/x"] = new string('x', LabelRules.AnnotationsMaximumBytes) },
            FieldPath.Root("metadata").Child("annotations"),
            errors);
        Assert.Equal(["metadata.labels", "metadata.labels", "metadata.annotations"], errors.Select(e => e.Field));
        Assert.Equal("Too long: may not be more than 262144 bytes", errors[2].Body);
    }
}
