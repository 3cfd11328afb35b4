using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Tests.Patches;

/// <summary>A small kind that has every way of merging, in the words of the schema files.</summary>
internal static class TestSchema
{
    private const string Text = """
        package test/v1
        type ObjectMeta
          1 name string omitempty
          2 labels map[]string omitempty
          3 annotations map[]string omitempty
          4 finalizers []string omitempty list=set merge
          5 uid string omitempty
          6 resourceVersion string omitempty
          7 generation int64 omitempty
          8 creationTimestamp time omitempty
          17 managedFields []json omitempty list=atomic
        type Port
          1 name string omitempty
          2 port int32
          3 protocol string omitempty default=%22TCP%22
        type Strategy
          1 type string omitempty
          2 rolling *Rolling omitempty
        type Rolling
          1 surge intorstring omitempty
        type Volume
          1 name string
          2 emptyDir *EmptyDir omitempty
          3 secret *Secret omitempty
        type EmptyDir
          1 medium string omitempty
        type Secret
          1 secretName string omitempty
        type Resources
          1 limits map[]quantity omitempty
        type Container
          1 name string
          2 image string omitempty
          3 args []string omitempty list=atomic
          4 ports []Port omitempty list=map:port,protocol merge=port
          5 resources Resources omitempty
        type Condition
          1 type string
          2 status string
        type Selector atomic
          1 matchLabels map[]string omitempty
        type Spec
          1 replicas *int32 omitempty
          2 selector *Selector omitempty
          3 strategy Strategy omitempty retainkeys
          4 containers []Container list=map:name merge=name
          5 volumes []Volume omitempty list=map:name merge=name retainkeys
          6 nodeSelector map[]string omitempty atomic
          7 paused bool omitempty
          8 tolerations []Port omitempty list=atomic
          9 extra rawextension omitempty
        type Status
          1 ready int32 omitempty
          2 conditions []Condition omitempty list=map:type merge=type
        type App
          - apiVersion string omitempty
          - kind string omitempty
          1 metadata ObjectMeta omitempty
          2 spec Spec omitempty
          3 status Status omitempty
        """;

    public static readonly StructSchema App = Read()["test/v1.App"];

    public static ObjectValue Parse(string json) => (ObjectValue)Value.Parse(json);

    private static SchemaSet Read()
    {
        var reader = new SchemaReader();
        reader.Add("test.schema", Text);
        return reader.Build();
    }
}
