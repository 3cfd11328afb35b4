using Xebec.Api.Rules.Declarations;
using Xebec.Api.Rules.Meta;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Validation;

/// <summary>The validation of a kind: its metadata, its fields, what is wrong only on create and what may not change.</summary>
internal sealed class KindValidation(ObjectMetaRules metadata, StructChecks? fields, CodedRule? coded)
{
    private static readonly ChecksCompiler Compiler = new();

    /// <summary>The validation of a kind that is not built in.</summary>
    public static readonly KindValidation OfMetadataOnly =
        new(new ObjectMetaRules(Formats.Find("dns1123subdomain")!, null, false), null, null);

    /// <summary>Makes it; one caller at a time.</summary>
    public static KindValidation Compile(StructSchema kind)
    {
        var header = RuleCatalog.Find(kind)?.Header;
        var form = header?.Argument("name") ?? "dns1123subdomain";
        var rule = Formats.Find(form) ?? throw header!.Error($"unknown format '{form}'");
        return new KindValidation(new ObjectMetaRules(rule, IsNamespaced(kind), IsOfCore(kind)), Compiler.Compile(kind), CodedRules.Find(kind));
    }

    public void Check(ObjectValue created, List<FieldError> errors)
    {
        var context = new CheckContext(errors);
        metadata.Check(created, context);
        fields?.RunKind(created, null, context);
        coded?.Create?.Invoke(created, context);
    }

    public void CheckUpdate(ObjectValue updated, ObjectValue stored, string subresource, List<FieldError> errors)
    {
        var context = new CheckContext(errors);
        metadata.CheckUpdate(updated, stored, context);
        if (subresource == "status")
        {
            fields?.RunOnly("status", updated, stored, context);
            coded?.Status?.Invoke(updated, stored, context);
        }
        else
        {
            fields?.RunKind(updated, stored, context);
            coded?.Update?.Invoke(updated, stored, subresource, context);
        }
    }

    // The extension servers of upstream know no finalizers of the platform.
    private static bool IsOfCore(StructSchema kind) => kind.Package is not ("apiextensions/v1" or "apiregistration/v1");

    private static bool? IsNamespaced(StructSchema kind)
    {
        foreach (var resource in BuiltIn.Resources)
        {
            if (resource.Kind == kind.Name && BuiltIn.PackageOf(resource.GroupVersion) == kind.Package)
                return resource.Namespaced;
        }

        return null;
    }
}
