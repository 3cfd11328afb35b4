using System.Text;
using Xebec.ApiMachinery.Decoding;

namespace Xebec.ApiMachinery.Tests.Decoding;

public sealed class JsonInputTests
{
    [Theory]
    [InlineData("""{"a":1,"b":{"a":1}}""", "")]
    [InlineData("""{"a":1,"a":2,"a":3}""", "duplicate field \"a\"")]
    [InlineData("""{"data":{"x":"1","x":"2"},"b":[{"c":1},{"c":1,"c":2}]}""", "duplicate field \"data.x\", duplicate field \"b[1].c\"")]
    [InlineData("""[{"op":"add","op":"add"}]""", "duplicate field \"[0].op\"")]
    [InlineData("""{"a":{"x":1},"a":{"x":1,"x":2}}""", "duplicate field \"a\", duplicate field \"a.x\"")]
    [InlineData("\"text\"", "")]
    public void Members_that_occur_twice_are_named(string json, string expected) =>
        Assert.Equal(expected, string.Join(", ", JsonInput.Duplicates(Encoding.UTF8.GetBytes(json))));

    [Theory]
    [InlineData("", "unexpected end of JSON input")]
    [InlineData("x", "invalid character 'x' looking for beginning of value")]
    [InlineData("""{"a":1""", "unexpected end of JSON input")]
    [InlineData("""{a:1}""", "invalid character 'a' looking for beginning of object key string")]
    public void Faults_are_worded_as_Go_words_them(string json, string expected)
    {
        var error = Assert.Throws<DecodeException>(() => JsonInput.Parse(Encoding.UTF8.GetBytes(json)));
        Assert.Equal(expected, error.Message);
    }
}
