using System.Buffers;
using System.Diagnostics;
using System.Text;
using Xebec.Api;
using Xebec.Api.Core.V1;
using Xebec.ApiMachinery.Bench;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Protobuf;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;
using Xebec.ApiMachinery.Yaml;

// Times of the codecs, warm, on one thread: dotnet run -c Release --project bench/Xebec.ApiMachinery.Bench
var output = new ArrayBufferWriter<byte>(1 << 16);
var start = Stopwatch.StartNew();
Console.WriteLine($"{BuiltIn.Schema.Structs.Count} structs read in {start.ElapsedMilliseconds} ms (cold, once a process)\n");
Console.WriteLine("| what | us | bytes allocated |\n|---|---|---|");
Report("configmap", Samples.ConfigMap, BuiltIn.Schema["core/v1.ConfigMap"]);
Report("pod", Samples.Pod, BuiltIn.Schema["core/v1.Pod"]);
Measure($"pod typed read", () => ApiJson.Deserialize<Pod>(Samples.Pod));
var pod = ApiJson.Deserialize<Pod>(Samples.Pod);
Measure($"pod typed write", () => ApiJson.Serialize(pod));
var yaml = Encoding.UTF8.GetBytes(YamlWriter.Write(Value.Parse(Samples.Pod)));
Measure($"pod YAML to tree ({yaml.Length} bytes)", () => YamlReader.Read(yaml));

void Report(string name, byte[] json, StructSchema schema)
{
    var tree = ObjectDecoder.Decode(json, schema).Object;
    output.ResetWrittenCount();
    KubernetesProtobuf.Encode(tree, schema, output);
    var protobuf = output.WrittenSpan.ToArray();
    Measure($"{name} decode ({json.Length} bytes)", () => ObjectDecoder.Decode(json, schema));
    Measure($"{name} parse without schema", () => Value.Parse(json));
    Measure($"{name} normalize", () => ObjectDecoder.Normalize(tree, schema));
    Measure($"{name} tree to JSON", () => tree.ToUtf8());
    Measure($"{name} tree to protobuf ({protobuf.Length} bytes)", () => Encode(() => KubernetesProtobuf.Encode(tree, schema, output)));
    Measure($"{name} JSON to protobuf", () => Encode(() => KubernetesProtobuf.EncodeJson(json, schema, output)));
    Measure($"{name} protobuf to tree", () => KubernetesProtobuf.Decode(KubernetesProtobuf.ReadEnvelope(protobuf), schema));
}

object Encode(Action write)
{
    output.ResetWrittenCount();
    write();
    return output;
}

static void Measure(string name, Func<object?> run)
{
    var best = double.MaxValue;
    for (var round = 0; round < 400; round++)
    {
        // Short rounds, of which the best counts: the machine may be busy with other work.
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 100; i++)
            run();
        best = Math.Min(best, watch.Elapsed.TotalMicroseconds / 100);
    }

    var before = GC.GetAllocatedBytesForCurrentThread();
    for (var i = 0; i < 100; i++)
        run();
    Console.WriteLine($"| {name} | {best:F2} | {(GC.GetAllocatedBytesForCurrentThread() - before) / 100} |");
}
