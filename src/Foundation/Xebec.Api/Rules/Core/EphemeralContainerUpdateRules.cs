using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>The ephemeralcontainers subresource: containers may be added, those that exist stay as they are.</summary>
internal static class EphemeralContainerUpdateRules
{
    public static void Check(ObjectValue spec, ObjectValue stored, CheckContext context)
    {
        if (PodAnnotationRules.IsMirror(stored))
        {
            context.Add(FieldError.Forbidden(FieldPath.Root(""), "static pods do not support ephemeral containers"));
            return;
        }

        var containers = spec.GetList("ephemeralContainers");
        foreach (var item in stored.GetObject("spec")?.GetList("ephemeralContainers") ?? [])
        {
            var name = item.AsObject()?.GetString("name");
            var now = containers?.FirstOrDefault(c => c.AsObject()?.GetString("name") == name);
            if (now is null)
                Forbid($"existing ephemeral containers {GoText.Quote(name ?? "")} may not be removed\n", context);
            else if (!now.DeepEquals(item))
                Forbid($"existing ephemeral containers {GoText.Quote(name ?? "")} may not be changed\n", context);
        }
    }

    private static void Forbid(string message, CheckContext context) =>
        context.Forbidden("ephemeralContainers", message);
}
