using System.Text;
using CsCheck;
using Xebec.ApiMachinery.Values;
using Xebec.ApiMachinery.Yaml;

namespace Xebec.ApiMachinery.Tests.Yaml;

public sealed class YamlWriterTests
{
    // What other parsers would read as a time is quoted; what only looks like one is not.
    [Theory]
    [InlineData("2026-11-28T14:32:08Z", true)]
    [InlineData("2026-11-28T14:32:08.000001Z", true)]
    [InlineData("2026-11-28T14:32:08+02:00", true)]
    [InlineData("2026-11-28 14:32:08", true)]
    [InlineData("2026-11-28", true)]
    [InlineData("2026-11-28-x", false)]
    [InlineData("v2026-11-28", false)]
    public void TimesAreQuoted(string text, bool isQuoted) =>
        Assert.Equal(isQuoted ? $"a: \"{text}\"\n" : $"a: {text}\n", YamlWriter.Write(new ObjectValue { { "a", text } }));

    [Fact]
    public void WritesAsKubectlPrints()
    {
        var tree = Value.Parse("""
            {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","labels":{"on":"true","n":"1"},"annotations":{}},
             "spec":{"containers":[{"name":"a","args":["-c","echo: hi","two\nlines\n","*x","","~","1e3","a b"],"ports":[]},{"name":"b","tty":true,"n":1.5,"x":null}]}}
            """);
        Assert.Equal("""
            apiVersion: v1
            kind: Pod
            metadata:
              annotations: {}
              labels:
                "n": "1"
                "on": "true"
              name: web
            spec:
              containers:
              - args:
                - -c
                - 'echo: hi'
                - |
                  two
                  lines
                - '*x'
                - ""
                - "~"
                - "1e3"
                - a b
                name: a
                ports: []
              - "n": 1.5
                name: b
                tty: true
                x: null

            """.ReplaceLineEndings("\n"), YamlWriter.Write(tree));
    }

    [Fact]
    public void WhatIsWrittenReadsBackAsTheSameTree() =>
        GenTree(3).Sample(tree => Assert.True(
            YamlReader.Read(Encoding.UTF8.GetBytes(YamlWriter.Write(tree))).Value.DeepEquals(tree),
            $"{tree}\n{YamlWriter.Write(tree)}"));

    private static Gen<Value> GenTree(int depth)
    {
        var text = Gen.String[Gen.Char["ab ny1-:#'\"\n\t{}[],&*!|>%@`~.?=<\\é\u0001\u2028"], 0, 8];
        var scalar = Gen.OneOf(
            text.Select(t => (Value)t),
            Gen.Long.Select(n => (Value)n),
            Gen.Bool.Select(b => (Value)b),
            Gen.OneOf(new[] { "true", "yes", "null", "0x1", "1_0", ".inf", "1:30", "---", "=", "<<", "2001-01-01" }.Select(w => Gen.Const(w)).ToArray()).Select(t => (Value)t),
            Gen.Const(Value.Null));
        if (depth == 0)
            return scalar;
        var list = GenTree(depth - 1).List[0, 3].Select(items => (Value)new ListValue(items));
        var members = Gen.Select(text, GenTree(depth - 1)).List[0, 3].Select(pairs =>
        {
            var result = new ObjectValue();
            foreach (var (name, value) in pairs)
                result[name] = value;
            return (Value)result;
        });
        return Gen.OneOf(scalar, list, members);
    }
}
