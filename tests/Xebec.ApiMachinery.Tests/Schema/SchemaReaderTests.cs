using Xebec.ApiMachinery.Schema;

namespace Xebec.ApiMachinery.Tests.Schema;

public sealed class SchemaReaderTests
{
    [Fact]
    public void InlinedFieldsKeepThePathOfTheirWireNumbers()
    {
        var schema = Read("package a/v1\ntype Inner\n  3 x *string omitempty\ntype Middle\n  inline Inner 2\ntype Outer\n  1 name string\n  inline Middle 4\n");
        var field = schema["a/v1.Outer"].Field("x")!;
        Assert.Equal([4, 2, 3], field.WireNumbers);
        Assert.True(field.Nullable);
        Assert.Equal("Inner", schema["a/v1.Middle"].Field("x")!.InlinedFrom!.Name);
    }

    [Fact]
    public void AttributesAreRead()
    {
        var field = Read("package a/v1\ntype T\n  1 items []T omitempty list=map:a,b merge=a default=%5B%5D gate=X,Y\n")["a/v1.T"].Field("items")!;
        Assert.Equal(ListType.Map, field.ListType);
        Assert.Equal(["a", "b"], field.ListMapKeys);
        Assert.Equal("a", field.PatchMergeKey);
        Assert.Equal("[]", field.Default!.ToString());
        Assert.Equal(["X", "Y"], field.FeatureGates);
    }

    [Theory]
    [InlineData("package a/v1\n  1 x string\n", "f:2: a field outside a type")]
    [InlineData("package a/v1\ntype T\n  1 x nope\n", "f:3: unknown type 'nope'")]
    [InlineData("package a/v1\ntype T\n  1 x\n", "f:3: a field needs a number, a name and a type")]
    [InlineData("package a/v1\ntype T\ntype T\n", "f:3: a/v1.T is defined twice")]
    [InlineData("nonsense\n", "f:1: expected package, enum or type, not 'nonsense'")]
    [InlineData("package a/v1\ntype T\n  1 x []string list=odd\n", "f:3: unknown list type 'odd'")]
    public void AMistakeNamesFileAndLine(string text, string message) =>
        Assert.Equal(message, Assert.Throws<SchemaFormatException>(() => Read(text)).Message);

    private static SchemaSet Read(string text)
    {
        var reader = new SchemaReader();
        reader.Add("f", text);
        return reader.Build();
    }
}
