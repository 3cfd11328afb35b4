using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>The host's ports that a pod takes: none twice, and with host networking the same as the container's.</summary>
internal static class PodPortRules
{
    public static void Check(ObjectValue spec, CheckContext context)
    {
        var taken = new List<string>();
        var hostNetwork = spec["hostNetwork"]?.AsBool() == true;
        CheckContainers(spec.GetList("containers"), "containers", hostNetwork, taken, context);
        CheckContainers(spec.GetList("initContainers"), "initContainers", hostNetwork, null, context);
    }

    private static void CheckContainers(ListValue? list, string field, bool hostNetwork, List<string>? taken, CheckContext context)
    {
        for (var i = 0; i < (list?.Count ?? 0); i++)
        {
            var ports = list![i].AsObject()?.GetList("ports");
            for (var j = 0; j < (ports?.Count ?? 0); j++)
            {
                if (ports![j] is ObjectValue port && !port["hostPort"].IsZero())
                    CheckPort(port, taken, hostNetwork, (field, i, j), context);
            }
        }
    }

    private static void CheckPort(
        ObjectValue port, List<string>? taken, bool hostNetwork, (string Field, int Container, int Port) at, CheckContext context)
    {
        if (hostNetwork && !port["hostPort"]!.DeepEquals(port["containerPort"]))
        {
            const string Message = "must match `hostPort` when `hostNetwork` is true";
            context.Add(FieldError.Invalid(Path(at, "containerPort", context), port["containerPort"], Message));
        }

        var identity = $"{port.GetString("protocol")}/{port.GetString("hostIP")}/{port["hostPort"]}";
        if (taken?.Contains(identity) == true)
            context.Add(FieldError.Duplicate(Path(at, "hostPort", context), identity));
        taken?.Add(identity);
    }

    private static FieldPath Path((string Field, int Container, int Port) at, string name, CheckContext context) =>
        context.At(at.Field).Index(at.Container).Child("ports").Index(at.Port).Child(name);
}
