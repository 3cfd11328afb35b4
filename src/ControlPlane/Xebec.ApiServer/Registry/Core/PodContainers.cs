using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>Which container of a pod a client means.</summary>
internal static class PodContainers
{
    private static readonly string[] Lists = ["containers", "initContainers", "ephemeralContainers"];

    /// <summary>The container asked for, or the only one.</summary>
    /// <exception cref="ApiException">400 when there is none of the name, or a name is needed.</exception>
    public static string Choose(ObjectValue pod, string? asked, string podName)
    {
        var spec = pod.GetObject("spec") ?? [];
        if (asked is not null)
        {
            return Lists.Any(list => Names(spec, list).Contains(asked))
                ? asked
                : throw ApiErrors.BadRequest($"container {asked} is not valid for pod {podName}");
        }

        var names = Names(spec, "containers").ToList();
        if (names.Count == 1)
            return names[0];
        if (pod.GetObject("metadata")?.GetObject("annotations")?.GetString("kubectl.kubernetes.io/default-container") is { } chosen && names.Contains(chosen))
            return chosen;
        throw ApiErrors.BadRequest(
            $"a container name must be specified for pod {podName}, choose one of: [{string.Join(' ', names)}]");
    }

    /// <summary>Says why there is no log yet.</summary>
    /// <exception cref="ApiException">400 when the container has not started.</exception>
    public static void RefuseWaiting(ObjectValue pod, string container, bool previous)
    {
        var status = new[] { "containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses" }
            .SelectMany(list => pod.GetObject("status")?.GetList(list) ?? [])
            .Select(s => s.AsObject()).FirstOrDefault(s => s?.GetString("name") == container);
        var name = pod.GetObject("metadata")!.GetString("name");
        var waiting = status?.GetObject("state")?.GetObject("waiting");
        if (previous && status?.GetObject("lastState")?.GetObject("terminated") is null)
            throw ApiErrors.BadRequest($"previous terminated container \"{container}\" in pod \"{name}\" not found");
        if (!previous && waiting is not null && status!.GetObject("lastState")?.GetObject("terminated") is null)
        {
            throw ApiErrors.BadRequest(
                $"container \"{container}\" in pod \"{name}\" is waiting to start: {waiting.GetString("message") ?? waiting.GetString("reason")}");
        }
    }

    private static IEnumerable<string> Names(ObjectValue spec, string list) =>
        (spec.GetList(list) ?? []).Select(c => c.AsObject()?.GetString("name") ?? "");
}
