using Xebec.ApiMachinery.Values;

namespace Xebec.CustomResources.Bench;

/// <summary>Definitions as operators install them: some twenty kilobytes of schema with descriptions.</summary>
internal static class SampleDefinition
{
    public static ObjectValue Make(int number)
    {
        var group = $"group{number % 50}.example.com";
        var schema = new ObjectValue
        {
            ["type"] = "object",
            ["properties"] = new ObjectValue { ["spec"] = Struct(2), ["status"] = Struct(0) },
        };
        var version = new ObjectValue
        {
            ["name"] = "v1",
            ["served"] = true,
            ["storage"] = true,
            ["schema"] = new ObjectValue { ["openAPIV3Schema"] = schema },
            ["subresources"] = new ObjectValue { ["status"] = new ObjectValue() },
        };
        return new ObjectValue
        {
            ["apiVersion"] = "apiextensions.k8s.io/v1",
            ["kind"] = "CustomResourceDefinition",
            ["metadata"] = new ObjectValue { ["name"] = $"things{number}.{group}" },
            ["spec"] = new ObjectValue
            {
                ["group"] = group,
                ["scope"] = "Namespaced",
                ["names"] = new ObjectValue { ["plural"] = $"things{number}", ["kind"] = $"Thing{number}" },
                ["versions"] = new ListValue([version]),
            },
        };
    }

    private static ObjectValue Struct(int depth)
    {
        var properties = new ObjectValue();
        for (var i = 0; i < 12; i++)
        {
            var description = $"Field {i} says what the controller is to do about this part of the thing, in a sentence as people write them.";
            properties[$"field{i}"] = new ObjectValue { ["type"] = "string", ["description"] = description };
        }

        for (var i = 0; depth > 0 && i < 3; i++)
            properties[$"part{i}"] = Struct(depth - 1);
        return new ObjectValue { ["type"] = "object", ["description"] = "A part of the thing.", ["properties"] = properties };
    }
}
