using System.Text;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Tests;

public sealed class DecodingTests
{
    private static readonly StructSchema Deployment = BuiltIn.Schema["apps/v1.Deployment"];
    private static readonly StructSchema Pod = BuiltIn.Schema["core/v1.Pod"];
    private static readonly StructSchema Secret = BuiltIn.Schema["core/v1.Secret"];
    private static readonly StructSchema Service = BuiltIn.Schema["core/v1.Service"];

    [Fact]
    public void AbsentFieldsAreWrittenWhereGoWritesThem() => Assert.Equal(
        """{"kind":"Deployment","metadata":{"name":"a"},"spec":{"selector":null,"template":{"metadata":{},"spec":{"containers":[{"name":"c","resources":{}}]}},"strategy":{}},"status":{}}""",
        Decode(Deployment, """{"metadata":{"name":"a","labels":{},"uid":""},"kind":"Deployment","spec":{"paused":false,"template":{"spec":{"containers":[{"name":"c"}]}}}}"""));

    [Fact]
    public void ZeroTimesAreNullExceptTheCreationTimestampWhichIsOmitted() => Assert.Equal(
        """{"metadata":{},"spec":{"containers":null},"status":{"conditions":[{"type":"Ready","status":"True","lastProbeTime":null,"lastTransitionTime":"2024-01-02T03:04:05Z"}]}}""",
        Decode(Pod, """{"metadata":{"creationTimestamp":null},"status":{"conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2024-01-02T04:04:05.9+01:00"}]}}"""));

    [Fact]
    public void NullItemsBecomeZeroValues() => Assert.Equal(
        """{"metadata":{"annotations":{"a":"","b":"x"},"finalizers":[""]},"spec":{"containers":[{"name":"","resources":{}}],"nodeSelector":{"k":""}},"status":{}}""",
        Decode(Pod, """{"metadata":{"finalizers":[null],"annotations":{"b":"x","a":null}},"spec":{"nodeSelector":{"k":null},"containers":[null]}}"""));

    [Fact]
    public void ScalarsBecomeCanonical() => Assert.Equal(
        """{"metadata":{},"spec":{"containers":[{"name":"c","resources":{"limits":{"cpu":"500m","memory":"512Mi"}}}],"priority":0},"status":{}}""",
        Decode(Pod, """{"spec":{"priority":0,"containers":[{"name":"c","resources":{"limits":{"memory":"0.5Gi","cpu":0.5}}}]}}"""));

    [Fact]
    public void EscapedNamesAndTextAreReadAndLoneSurrogatesReplaced()
    {
        var json = """{"met\u0061data":{"n\u0061me":"\u0061\ud83d\ude00\ud800\n"}}"""u8;
        var metadata = ObjectDecoder.Decode(json, Service).Object.GetObject("metadata")!;
        Assert.Equal("a😀\uFFFD\n", metadata.GetString("name"));
    }

    [Fact]
    public void StrictErrorsNameThePathAsUpstreamDoes()
    {
        const string Json = """{"Kind":"x","spec":{"containers":[{"name":"a","name":"b"},{"foo":{"x":1},"env":[{"bar":1}]}],"nodeSelector":{"z":"1","a":"2","z":"3"}},"metadata":{"labels":{},"labels":{"b":"1"}}}""";
        var decoded = ObjectDecoder.Decode(Encoding.UTF8.GetBytes(Json), Pod);
        Assert.Equal(
            ["unknown field \"Kind\"", "duplicate field \"spec.containers[0].name\"", "unknown field \"spec.containers[1].foo\"", "unknown field \"spec.containers[1].env[0].bar\"",
            "duplicate field \"spec.nodeSelector.z\"", "duplicate field \"metadata.labels\""],
            decoded.StrictErrors);
        Assert.StartsWith("strict decoding error: unknown field \"Kind\", duplicate field", decoded.StrictMessage);
        Assert.Equal("b", decoded.Object.GetObject("spec")!.GetList("containers")![0].AsObject()!.GetString("name"));
        Assert.Equal("3", decoded.Object.GetObject("spec")!.GetObject("nodeSelector")!.GetString("z"));
    }

    [Theory]
    [InlineData("""{"spec":{"replicas":"3"}}""", "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("""{"spec":{"replicas":1.5}}""", "json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("""{"spec":{"replicas":3000000000}}""", "json: cannot unmarshal number 3000000000 into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("""{"spec":{"paused":"x"}}""", "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.paused of type bool")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":{}}}}}""", "json: cannot unmarshal object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":[{"ports":["80:80"]}]}}}}""", "json: cannot unmarshal string into Go struct field Container.spec.template.spec.containers.ports of type v1.ContainerPort")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":[{"env":[{"value":1}]}]}}}}""", "json: cannot unmarshal number into Go struct field EnvVar.spec.template.spec.containers.env.value of type string")]
    [InlineData("""{"metadata":{"labels":{"a":1}}}""", "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string")]
    [InlineData("""{"metadata":{"labels":[]}}""", "json: cannot unmarshal array into Go struct field ObjectMeta.metadata.labels of type map[string]string")]
    [InlineData("""{"metadata":{"creationTimestamp":1}}""", "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.creationTimestamp of type string")]
    [InlineData("""[]""", "json: cannot unmarshal array into Go value of type v1.Deployment")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":[{"resources":{"limits":{"cpu":"lots"}}}]}}}}""", "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")]
    [InlineData("""{"metadata":{"creationTimestamp":"yesterday"}}""", "parsing time \"yesterday\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"yesterday\" as \"2006\"")]
    [InlineData("""{"spec":""", "unexpected end of JSON input")]
    [InlineData("", "unexpected end of JSON input")]
    [InlineData("""{"spec":x}""", "invalid character 'x' looking for beginning of value")]
    [InlineData("""{spec:1}""", "invalid character 's' looking for beginning of object key string")]
    [InlineData("""{"kind":"a" "b"}""", "invalid character '\"' after object key:value pair")]
    [InlineData("""{} {}""", "invalid character '{' after top-level value")]
    public void WrongInputIsAnsweredInUpstreamsWords(string json, string message)
    {
        var error = Assert.Throws<DecodeException>(() => ObjectDecoder.Decode(Encoding.UTF8.GetBytes(json), Deployment));
        Assert.Equal(message, error.Message);
        Assert.Equal($"Deployment in version \"v1\" cannot be handled as a Deployment: {message}", error.MessageFor("Deployment", "v1"));
    }

    [Theory]
    [InlineData("aGk=", "aGk=")]
    [InlineData("aG\\nk=", "aGk=")]
    [InlineData("aGl=", "aGk=")]
    public void Base64IsNormalized(string sent, string kept) => Assert.Equal(
        "{\"metadata\":{},\"data\":{\"k\":\"" + kept + "\"}}", Decode(Secret, SecretJson(sent)));

    [Theory]
    [InlineData("not base64!", 3)]
    [InlineData("abc", 0)]
    [InlineData("aGk", 0)]
    public void IllegalBase64NamesTheByte(string sent, int at)
    {
        var error = Assert.Throws<DecodeException>(() => Decode(Secret, SecretJson(sent)));
        Assert.Equal($"illegal base64 data at input byte {at}", error.Message);
    }

    [Fact]
    public void DeepNestingIsAnErrorEverywhere()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 100_000));
        foreach (var json in new[] { deep, $$"""{"spec":{{deep}}""", new string('[', 100_000) })
            Assert.Throws<DecodeException>(() => Decode(Deployment, json));
    }

    private static string SecretJson(string data) => "{\"data\":{\"k\":\"" + data + "\"}}";

    private static string Decode(StructSchema schema, string json) =>
        ObjectDecoder.Decode(Encoding.UTF8.GetBytes(json), schema).Object.ToString();
}
