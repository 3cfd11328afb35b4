using System.Text;
using CsCheck;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Yaml;

namespace Xebec.ApiMachinery.Tests.Yaml;

public sealed class YamlReaderTests
{
    [Theory]
    [InlineData("a: yes", """{"a":true}""")]
    [InlineData("a: off", """{"a":false}""")]
    [InlineData("a: y", """{"a":true}""")]
    [InlineData("a: 'yes'", """{"a":"yes"}""")]
    [InlineData("a: ~", """{"a":null}""")]
    [InlineData("a:", """{"a":null}""")]
    [InlineData("a: 0777", """{"a":511}""")]
    [InlineData("a: 0o17", """{"a":15}""")]
    [InlineData("a: 0x1F", """{"a":31}""")]
    [InlineData("a: 0b11", """{"a":3}""")]
    [InlineData("a: 1_000", """{"a":1000}""")]
    [InlineData("a: -5", """{"a":-5}""")]
    [InlineData("a: 1.5", """{"a":1.5}""")]
    [InlineData("a: 1e3", """{"a":1000}""")]
    [InlineData("a: .5", """{"a":0.5}""")]
    [InlineData("a: 2001-01-01", """{"a":"2001-01-01"}""")]
    [InlineData("a: 12:30:45", """{"a":"12:30:45"}""")]
    [InlineData("a: 100m", """{"a":"100m"}""")]
    [InlineData("a: !!str 5", """{"a":"5"}""")]
    [InlineData("a: !!binary aGk=", """{"a":"hi"}""")]
    [InlineData("1: x\ntrue: z", """{"1":"x","true":"z"}""")]
    [InlineData("a: &x {b: 1}\nc: *x", """{"a":{"b":1},"c":{"b":1}}""")]
    [InlineData("a: &x {b: 1, d: 2}\nc:\n  <<: *x\n  d: 3", """{"a":{"b":1,"d":2},"c":{"d":3,"b":1}}""")]
    [InlineData("a: |\n  x\n  y\nb: >\n  x\n  y\n", """{"a":"x\ny\n","b":"x y\n"}""")]
    [InlineData("- 1\n- [a, b]\n- {c: d}", """[1,["a","b"],{"c":"d"}]""")]
    [InlineData("""{"json": [1, "two", null, true]}""", """{"json":[1,"two",null,true]}""")]
    public void ScalarsResolveAsUpstreamsYamlDoes(string yaml, string json) =>
        Assert.Equal(json, YamlReader.Read(Encoding.UTF8.GetBytes(yaml)).Value.ToString());

    [Fact]
    public void ARepeatedKeyIsAStrictErrorAndItsLastValueWins()
    {
        var document = YamlReader.Read("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n"u8);
        Assert.Equal("""{"a":3,"b":{"c":2}}""", document.Value.ToString());
        Assert.Equal(["line 4: key \"c\" already set in map", "line 5: key \"a\" already set in map"], document.StrictErrors);
    }

    [Fact]
    public void DocumentsOfAFileComeOneByOneWithoutEmptyOnes()
    {
        var documents = YamlReader.ReadAll("---\na: 1\n---\n# nothing\n---\nb: 2\n...\n---\n").Select(d => d.Value.ToString());
        Assert.Equal(["""{"a":1}""", """{"b":2}"""], documents);
    }

    [Fact]
    public void BillionLaughsIsAnError()
    {
        var yaml = new StringBuilder("a: &a [lol,lol,lol,lol,lol,lol,lol,lol,lol]\n");
        for (var c = 'b'; c <= 'k'; c++)
            yaml.Append($"{c}: &{c} [{string.Join(',', Enumerable.Repeat("*" + (char)(c - 1), 9))}]\n");
        var error = Assert.Throws<DecodeException>(() => YamlReader.Read(Encoding.UTF8.GetBytes(yaml.ToString())));
        Assert.Equal("yaml: document contains excessive aliasing", error.Message);
    }

    [Theory]
    [InlineData("a: &x [*x]", "contains itself")]
    [InlineData("a: *nope", "nope")]
    [InlineData("a: [1", "yaml: line")]
    [InlineData("a: b: c", "yaml: line 1")]
    [InlineData("a:\n  - b\n c: d", "yaml: line")]
    [InlineData("a: .inf", "unsupported value")]
    [InlineData("? [a]\n: 1", "keys must be scalars")]
    public void BadYamlIsADecodeException(string yaml, string part) =>
        Assert.Contains(part, Assert.Throws<DecodeException>(() => YamlReader.Read(Encoding.UTF8.GetBytes(yaml))).Message);

    [Fact]
    public void DeepNestingIsAnErrorInEveryForm()
    {
        foreach (var yaml in new[] { new string('[', 100_000), string.Concat(Enumerable.Repeat("{a: ", 5_000)), Indented(2_000) })
            Assert.Throws<DecodeException>(() => YamlReader.Read(Encoding.UTF8.GetBytes(yaml)));
    }

    [Fact]
    public void MutatedDocumentsNeverThrowAnythingElse()
    {
        const string Seed = "kind: &k Pod\nspec:\n  containers:\n  - name: a\n    args: [x, \"y\\n\", 'z']\n  <<: {a: *k}\n  text: |-\n    hi\n";
        Gen.Select(Gen.Int[0, Seed.Length - 1], Gen.Char["\0\t\n :-{}[]&*!|>'\"%@`#,?<y0.\ud800é~"], Gen.Int[0, 4]).Array[1, 6].Sample(mutations =>
        {
            var text = new StringBuilder(Seed);
            foreach (var (at, letter, remove) in mutations)
            {
                var position = Math.Min(at, text.Length);
                text.Insert(position, letter);
                text.Remove(position, Math.Min(remove, text.Length - position));
            }

            try
            {
                foreach (var document in YamlReader.ReadAll(text.ToString()))
                    _ = document.Value.ToString();
            }
            catch (DecodeException)
            {
            }
        }, iter: 20_000);
    }

    private static string Indented(int depth) =>
        string.Concat(Enumerable.Range(0, depth).Select(i => new string(' ', i) + "a:\n"));
}
