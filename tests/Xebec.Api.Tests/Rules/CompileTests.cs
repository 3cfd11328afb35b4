using CsCheck;
using Xebec.Api.Rules;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Tests.Rules;

public sealed class CompileTests
{
    // Compiling meets every attribute of every rules file; validation must cope with any object that decodes.
    [Fact]
    public void EveryKindValidatesAnyObjectWithoutThrowing()
    {
        foreach (var resource in BuiltIn.Resources)
        {
            var kind = BuiltIn.KindSchema(resource.GroupVersion, resource.Kind);
            var rules = KindRules.For(kind);
            Gen.Select(ObjectGenerator.Of(kind), ObjectGenerator.Of(kind)).Sample(
                (a, b) =>
                {
                    var (updated, stored) = (ObjectDecoder.Normalize(a, kind).Object, ObjectDecoder.Normalize(b, kind).Object);
                    rules.Default(updated);
                    rules.Validate(updated, []);
                    foreach (var subresource in new[] { "", "status", "ephemeralcontainers", "resize" })
                        rules.ValidateUpdate(updated, stored, subresource, []);
                },
                iter: 5);
        }
    }

    [Fact]
    public void EveryCodedRuleIsOfATypeOfTheSchema()
    {
        foreach (var name in CodedRules.Types)
            Assert.True(BuiltIn.Schema.Structs.ContainsKey(name), name);
    }

    [Fact]
    public void ACustomResourceHasOnlyTheRulesOfMetadata()
    {
        // A custom resource that is called like a built-in kind: only its metadata is looked at.
        var reader = new SchemaReader();
        reader.Add("crd", "package apps/v1\ntype Deployment\n  - spec *json\n");
        var rules = KindRules.For(reader.Build()["apps/v1.Deployment"]);
        var item = new ObjectValue { ["metadata"] = Value.Parse("""{"finalizers":["x"]}""") };
        rules.Default(item);
        Assert.Single(item);
        var errors = new List<FieldError>();
        rules.Validate(item, errors);
        Assert.Equal("metadata.name: Required value: name or generateName is required", Assert.Single(errors).ToString());
    }
}
