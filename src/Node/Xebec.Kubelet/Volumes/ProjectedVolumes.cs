using System.Text;
using Xebec.ApiMachinery.Quantities;
using Xebec.Kubelet.Containers;

namespace Xebec.Kubelet.Volumes;

/// <summary>Collects the files of the volumes whose content comes from the API.</summary>
internal sealed class ProjectedVolumes(PodObjects objects, ServiceAccountTokens tokens, IReadOnlyDictionary<string, Quantity> allocatable)
{
    private const int GroupReadable = 0x1A0;

    /// <summary>The files of a volume; null when it is of another type.</summary>
    public async Task<Dictionary<string, PayloadFile>?> CollectAsync(
        Pod pod, Volume volume, TimeSpan maximumAge, CancellationToken cancellation)
    {
        var files = new Dictionary<string, PayloadFile>(StringComparer.Ordinal);
        var ns = pod.Metadata.Namespace;
        if (volume.ConfigMap is { } configMap)
        {
            var found = await objects.GetAsync<ConfigMap>(ns, configMap.Name, maximumAge, cancellation);
            VolumePayload.AddConfigMap(
                files, found, configMap.Name, configMap.Items, Mode(configMap.DefaultMode), configMap.Optional == true);
        }
        else if (volume.Secret is { } secret)
        {
            var found = await objects.GetAsync<Secret>(ns, secret.SecretName, maximumAge, cancellation);
            VolumePayload.AddSecret(files, found, secret.SecretName, secret.Items, Mode(secret.DefaultMode), secret.Optional == true);
        }
        else if (volume.DownwardAPI is { } downward)
        {
            VolumePayload.AddDownward(files, pod, downward.Items, Mode(downward.DefaultMode), allocatable);
        }
        else if (volume.Projected is { } projected)
        {
            foreach (var source in projected.Sources)
                await AddAsync(files, pod, source, Mode(projected.DefaultMode), maximumAge, cancellation);
        }
        else
        {
            return null;
        }

        return files;
    }

    private static int Mode(int? mode) => mode ?? VolumePayload.DefaultMode;

    private async Task AddAsync(
        Dictionary<string, PayloadFile> files, Pod pod, VolumeProjection source, int mode, TimeSpan maximumAge,
            CancellationToken cancellation)
    {
        var ns = pod.Metadata.Namespace;
        if (source.ConfigMap is { } configMap)
        {
            var found = await objects.GetAsync<ConfigMap>(ns, configMap.Name, maximumAge, cancellation);
            VolumePayload.AddConfigMap(files, found, configMap.Name, configMap.Items, mode, configMap.Optional == true);
        }
        else if (source.Secret is { } secret)
        {
            var found = await objects.GetAsync<Secret>(ns, secret.Name, maximumAge, cancellation);
            VolumePayload.AddSecret(files, found, secret.Name, secret.Items, mode, secret.Optional == true);
        }
        else if (source.DownwardAPI is { } downward)
        {
            VolumePayload.AddDownward(files, pod, downward.Items, mode, allocatable);
        }
        else if (source.ServiceAccountToken is { } token)
        {
            var text = await tokens.GetAsync(pod, token, cancellation);
            var tokenMode = pod.Spec.SecurityContext?.FsGroup is null ? mode : GroupReadable;
            VolumePayload.Add(files, token.Path, new PayloadFile(Encoding.UTF8.GetBytes(text), tokenMode));
        }
        else
        {
            throw new VolumeException("this kind of projected source is not supported on this node");
        }
    }
}
