using CsCheck;
using Xebec.Api.Rules;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Errors;

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
    public void AnUnknownKindGetsTheOrdinaryRulesOfMetadata()
    {
        var errors = new List<FieldError>();
        KindRules.For(BuiltIn.Schema["meta/v1.PartialObjectMetadata"]).Validate([], errors);
        Assert.Equal("metadata.name: Required value: name or generateName is required", Assert.Single(errors).ToString());
    }
}
