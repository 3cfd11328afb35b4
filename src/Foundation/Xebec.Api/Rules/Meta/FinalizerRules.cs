using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Meta;

/// <summary>metadata.finalizers.</summary>
internal static class FinalizerRules
{
    public static void Check(ListValue finalizers, bool builtIn, CheckContext context)
    {
        var (orphan, foreground) = (false, false);
        for (var i = 0; i < finalizers.Count; i++)
        {
            var name = finalizers[i].AsString() ?? "";
            orphan |= name == "orphan";
            foreground |= name == "foregroundDeletion";
            CheckName(name, i, builtIn, context);
        }

        if (orphan && foreground)
        {
            const string Message = "finalizer orphan and foregroundDeletion cannot be both set";
            context.Invalid("finalizers", finalizers, Message);
        }
    }

    private static void CheckName(string name, int index, bool builtIn, CheckContext context)
    {
        if (NameRules.QualifiedName(name) is { Count: > 0 } messages)
            context.AddInvalid(context.At("finalizers"), name, messages);
        if (builtIn && !name.Contains('/', StringComparison.Ordinal) && name is not ("kubernetes" or "orphan" or "foregroundDeletion"))
        {
            const string Message = "name is neither a standard finalizer name nor is it fully qualified";
            context.Add(FieldError.Invalid(context.At("finalizers").Index(index), name, Message));
        }
    }
}
