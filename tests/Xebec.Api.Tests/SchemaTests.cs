using Xebec.ApiMachinery.Schema;

namespace Xebec.Api.Tests;

public sealed class SchemaTests
{
    [Fact]
    public void EveryKindOfTheTableHasAStruct()
    {
        foreach (var resource in BuiltIn.Resources)
        {
            var schema = BuiltIn.KindSchema(resource.GroupVersion, resource.Kind);
            Assert.NotNull(schema.Field("kind"));
            foreach (var name in resource.SelectableFields)
                Assert.True(HasPath(schema, name), $"{resource}: no selectable field {name}");
        }
    }

    [Fact]
    public void EveryKindOfTheTableHasAListWhenItIsListed()
    {
        foreach (var resource in BuiltIn.Resources.Where(r => r.Verbs.Contains("list")))
            Assert.IsType<ListSchema>(BuiltIn.KindSchema(resource.GroupVersion, resource.Kind + "List").Field("items")!.Type);
    }

    [Fact]
    public void WireNumbersAreUniqueInEveryStruct()
    {
        foreach (var schema in BuiltIn.Schema.Structs.Values)
        {
            var paths = schema.Fields.Where(f => f.WireNumbers.Count > 0).Select(f => string.Join('.', f.WireNumbers)).ToList();
            Assert.True(paths.Count == paths.Distinct().Count(), $"{schema} repeats a wire number");
        }
    }

    [Fact]
    public void ListMapKeysAndMergeKeysAreFieldsOfTheItems()
    {
        foreach (var (schema, field) in BuiltIn.Schema.Structs.Values.SelectMany(s => s.Fields.Select(f => (s, f))))
        {
            if (field.Type is not ListSchema { Item: StructSchema item })
                continue;
            foreach (var key in field.ListMapKeys.Concat(field.PatchMergeKey is { } merge ? [merge] : []))
                Assert.True(item.Field(key) is not null, $"{schema}.{field.Name}: {item} has no {key}");
        }
    }

    private static bool HasPath(StructSchema schema, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (schema.Field(name) is not { } field)
                return name == "type" || Array.IndexOf(SelectorOnly, path) >= 0;
            if (field.Type is StructSchema next)
                schema = next;
        }

        return true;
    }

    // Selectable names that upstream serves without a field of that path.
    private static readonly string[] SelectorOnly = ["source", "status.successful"];
}
