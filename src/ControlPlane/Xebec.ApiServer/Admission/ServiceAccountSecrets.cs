using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authorization;

namespace Xebec.ApiServer.Admission;

/// <summary>
/// Which secrets a pod may refer to: a mirror none, and those of a service account that is annotated so (enforce-mountable-secrets) only
/// the secrets that the account lists.
/// </summary>
internal static class ServiceAccountSecrets
{
    private const string EnforceAnnotation = "kubernetes.io/enforce-mountable-secrets";
    private static readonly (string List, string What)[] Lists =
        [("initContainers", "init container"), ("containers", "container"), ("ephemeralContainers", "ephemeral container")];

    /// <summary>Refuses a mirror pod that refers to what only pods of the API server's may.</summary>
    /// <exception cref="ApiMachinery.Errors.ApiException">403.</exception>
    public static void CheckMirror(AdmissionRequest request, ObjectValue pod)
    {
        var references = PodReferences.All(pod, request.Name);
        if (references.ContainsAny("serviceaccounts"))
            throw Denied.Because(request, "a mirror pod may not reference service accounts");
        if (references.ContainsAny("secrets"))
            throw Denied.Because(request, "a mirror pod may not reference secrets");
        var sources = Volumes(pod).SelectMany(v => v.GetObject("projected")?.GetList("sources") ?? []);
        if (sources.Any(s => s.AsObject()?.GetObject("serviceAccountToken") is not null))
            throw Denied.Because(request, "a mirror pod may not use ServiceAccountToken volume projections");
    }

    /// <summary>Refuses a pod that refers to a secret that its service account does not list, where the account wants that.</summary>
    /// <exception cref="ApiMachinery.Errors.ApiException">403.</exception>
    public static void Check(AdmissionRequest request, ObjectValue pod, ObjectValue account)
    {
        var metadata = account.GetObject("metadata");
        if (metadata?.GetObject("annotations")?.GetString(EnforceAnnotation) is not ("true" or "True" or "TRUE" or "1" or "t" or "T"))
            return;
        var (name, secrets) = (metadata.GetString("name"), NamesIn(account, "secrets"));
        foreach (var secret in Volumes(pod).Select(v => v.GetObject("secret")?.GetString("secretName")).OfType<string>().Where(s => !secrets.Contains(s)))
        {
            throw Denied.Because(
                request, $"volume with secret.secretName=\"{secret}\" is not allowed because service account {name} does not reference that secret");
        }

        foreach (var (list, what) in Lists)
        {
            foreach (var container in PodContainers.In(pod, list))
                CheckVariables(request, container, what, name, secrets);
        }

        var (pulls, pullSecrets) = (pod.GetObject("spec")?.GetList("imagePullSecrets") ?? [], NamesIn(account, "imagePullSecrets"));
        for (var i = 0; i < pulls.Count; i++)
        {
            if (pulls[i].AsObject()?.GetString("name") is { } pull && !pullSecrets.Contains(pull))
            {
                throw Denied.Because(
                    request, $"imagePullSecrets[{i}].name=\"{pull}\" is not allowed because service account {name} does not reference that imagePullSecret");
            }
        }
    }

    private static void CheckVariables(AdmissionRequest request, ObjectValue container, string what, string? account, HashSet<string> secrets)
    {
        foreach (var variable in (container.GetList("env") ?? []).OfType<ObjectValue>())
        {
            if (variable.GetObject("valueFrom")?.GetObject("secretKeyRef")?.GetString("name") is { } secret && !secrets.Contains(secret))
            {
                throw Denied.Because(
                    request,
                    $"{what} {container.GetString("name")} with envVar {variable.GetString("name")} referencing secret.secretName=\"{secret}\" " +
                    $"is not allowed because service account {account} does not reference that secret");
            }
        }
    }

    private static IEnumerable<ObjectValue> Volumes(ObjectValue pod) => pod.GetObject("spec")?.GetList("volumes")?.OfType<ObjectValue>() ?? [];

    private static HashSet<string> NamesIn(ObjectValue account, string list) =>
        (account.GetList(list) ?? []).Select(s => s.AsObject()?.GetString("name")).OfType<string>().ToHashSet(StringComparer.Ordinal);
}
