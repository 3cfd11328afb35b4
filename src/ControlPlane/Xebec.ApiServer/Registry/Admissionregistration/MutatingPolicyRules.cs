using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission.Expressions;
using Xebec.ApiServer.Admission.Policies;

namespace Xebec.ApiServer.Registry.Admissionregistration;

/// <summary>The mutations of a MutatingAdmissionPolicy.</summary>
internal static class MutatingPolicyRules
{
    private static readonly string[] PatchTypes = ["ApplyConfiguration", "JSONPatch"];
    private static readonly string[] Reinvocations = ["IfNeeded", "Never"];

    public static void Check(ObjectValue policy, PolicyVariables variables, ExpressionCheck check)
    {
        var (spec, path) = (policy.GetObject("spec") ?? [], FieldPath.Root("spec"));
        var mutations = spec.GetList("mutations");
        if (mutations is null or { Count: 0 })
            check.Add(FieldError.Required(path.Child("mutations"), "mutations must contain at least one item"));
        for (var i = 0; i < mutations?.Count; i++)
            CheckMutation((ObjectValue)mutations[i], path.Child("mutations").Index(i), variables, check);
        var reinvocation = spec.GetString("reinvocationPolicy") ?? "";
        if (reinvocation.Length == 0)
            check.Add(FieldError.Required(path.Child("reinvocationPolicy")));
        else if (Array.IndexOf(Reinvocations, reinvocation) < 0)
            check.Add(FieldError.NotSupported(path.Child("reinvocationPolicy"), reinvocation, Reinvocations));
    }

    private static void CheckMutation(ObjectValue mutation, FieldPath path, PolicyVariables variables, ExpressionCheck check)
    {
        var type = mutation.GetString("patchType") ?? "";
        if (type.Length == 0)
            check.Add(FieldError.Required(path.Child("patchType")));
        else if (Array.IndexOf(PatchTypes, type) < 0)
            check.Add(FieldError.NotSupported(path.Child("patchType"), type, PatchTypes));
        CheckMember(mutation, path, "applyConfiguration", type == PatchTypes[0], variables, check);
        CheckMember(mutation, path, "jsonPatch", type == PatchTypes[1], variables, check);
    }

    private static void CheckMember(
        ObjectValue mutation, FieldPath path, string name, bool isWanted, PolicyVariables variables, ExpressionCheck check)
    {
        var given = mutation.GetObject(name);
        var typeName = name == "jsonPatch" ? PatchTypes[1] : PatchTypes[0];
        if (!isWanted)
        {
            if (given is not null)
                check.Add(FieldError.Invalid(path.Child(name), "{" + name + "}", $"{name} must not be specified when patchType is not {typeName}"));
            return;
        }

        if (given is null)
            check.Add(FieldError.Required(path.Child(name), $"must be specified when patchType is {typeName}"));
        else if (given.GetString("expression")?.Trim() is not { Length: > 0 } text)
            check.Add(FieldError.Required(path.Child(name, "expression"), "expression is not specified"));
        else
            check.Check(path.Child(name, "expression"), text, PolicyMutation.Compile(text, variables.Environment, name == "jsonPatch"));
    }
}
