using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission;

/// <summary>The projected volume with the token, the CA and the namespace, where clients in pods look for them.</summary>
internal static class ServiceAccountVolume
{
    private const string MountPath = "/var/run/secrets/kubernetes.io/serviceaccount";
    private const string Prefix = "kube-api-access-";

    // An odd number on purpose: it marks tokens that nobody asked for by hand.
    private const long ExpirationSeconds = 3607;

    /// <summary>Mounts it into every container that has nothing there; a pod whose containers all have gets no volume.</summary>
    public static void Mount(ObjectValue pod, Random random)
    {
        var spec = pod.GetOrAddObject("spec");
        var volumes = spec.GetList("volumes") ?? new ListValue();
        var existing = volumes.Select(v => v.AsObject()?.GetString("name")).FirstOrDefault(n => n?.StartsWith(Prefix, StringComparison.Ordinal) == true);
        var name = existing ?? GeneratedName.Create(Prefix, random);
        var isMounted = false;
        foreach (var container in PodContainers.Of(pod))
        {
            var mounts = container.GetList("volumeMounts") ?? new ListValue();
            if (mounts.Any(m => m.AsObject()?.GetString("mountPath") == MountPath))
                continue;
            mounts.Add(new ObjectValue { { "name", name }, { "readOnly", true }, { "mountPath", MountPath } });
            container["volumeMounts"] = mounts;
            isMounted = true;
        }

        if (!isMounted || existing is not null)
            return;
        volumes.Add(Volume(name));
        spec["volumes"] = volumes;
    }

    private static ObjectValue Volume(string name)
    {
        var token = new ObjectValue { { "expirationSeconds", ExpirationSeconds }, { "path", "token" } };
        var authority = new ObjectValue
        {
            { "name", "kube-root-ca.crt" },
            { "items", new ListValue([new ObjectValue { { "key", "ca.crt" }, { "path", "ca.crt" } }]) },
        };
        var ns = new ObjectValue
        {
            { "path", "namespace" },
            { "fieldRef", new ObjectValue { { "apiVersion", "v1" }, { "fieldPath", "metadata.namespace" } } },
        };
        var sources = new ListValue(
        [
            new ObjectValue { { "serviceAccountToken", token } },
            new ObjectValue { { "configMap", authority } },
            new ObjectValue { { "downwardAPI", new ObjectValue { { "items", new ListValue([ns]) } } } },
        ]);
        return new ObjectValue
        {
            { "name", name },
            { "projected", new ObjectValue { { "sources", sources }, { "defaultMode", 420L } } },
        };
    }
}
