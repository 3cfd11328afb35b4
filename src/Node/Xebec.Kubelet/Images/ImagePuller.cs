using System.Globalization;
using Xebec.Kubelet.Events;
using Xebec.Kubelet.PodWorkers;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Images;

/// <summary>Makes sure that a container's image is on the node, by its pull policy; few pulls at a time, failures with back-off.</summary>
internal sealed class ImagePuller(IImageService images, KubeletEvents events, TimeProvider time, int maxParallel) : IDisposable
{
    public const string ErrImagePull = nameof(ErrImagePull);
    public const string ImagePullBackOff = nameof(ImagePullBackOff);
    public const string ErrImageNeverPull = nameof(ErrImageNeverPull);
    public const string InvalidImageName = nameof(InvalidImageName);

    private readonly BackOff _backOff = new(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5));
    private readonly Dictionary<string, (string Message, DateTimeOffset At)> _failures = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _slots = new(maxParallel);

    /// <summary>The image, pulled if need be.</summary>
    /// <exception cref="ImagePullException">It is not there now.</exception>
    public async Task<Image> EnsureAsync(
        Pod pod, Container container, ContainerKind kind, IReadOnlyList<AuthConfig> credentials, CancellationToken cancellation)
    {
        var path = PodContainers.FieldPath(container.Name, kind);
        if (!ImageReference.IsValid(container.Image))
        {
            var message = $"Failed to apply default image tag \"{container.Image}\": " +
                $"couldn't parse image name \"{container.Image}\": invalid reference format";
            events.Warning(pod, "InspectFailed", message, path);
            throw Failed(pod, path, InvalidImageName, message, TimeSpan.FromSeconds(10));
        }

        var reference = ImageReference.WithTag(container.Image);
        var policy = container.ImagePullPolicy.Length > 0 ? container.ImagePullPolicy : ImageReference.DefaultPullPolicy(container.Image);
        var present = await images.ImageStatusAsync(reference, cancellation);
        if (policy != PullPolicy.Always && present is not null)
        {
            events.Normal(pod, "Pulled", $"Container image \"{container.Image}\" already present on machine", path);
            return present;
        }

        if (policy == PullPolicy.Never)
        {
            var message = $"Container image \"{container.Image}\" is not present with pull policy of Never";
            events.Warning(pod, ErrImageNeverPull, message, path);
            throw Failed(pod, path, ErrImageNeverPull, message, TimeSpan.FromSeconds(10));
        }

        return await PullAsync(pod, container, path, reference, credentials, cancellation);
    }

    public void Forget(string podUid)
    {
        _backOff.Forget(podUid);
        lock (_failures)
        {
            foreach (var key in _failures.Keys.Where(key => key.StartsWith(podUid, StringComparison.Ordinal)).ToList())
                _failures.Remove(key);
        }
    }

    public void Dispose() => _slots.Dispose();

    private async Task<Image> PullAsync(
        Pod pod, Container container, string path, string reference, IReadOnlyList<AuthConfig> credentials, CancellationToken cancellation)
    {
        var key = $"{pod.Metadata.Uid}_{container.Image}";
        ThrowIfBackingOff(pod, container.Image, path, key);
        var waitStart = time.GetTimestamp();
        await _slots.WaitAsync(cancellation);
        try
        {
            events.Normal(pod, "Pulling", $"Pulling image \"{container.Image}\"", path);
            var pullStart = time.GetTimestamp();
            var id = await PullWithAsync(reference, credentials, cancellation);
            var image = await images.ImageStatusAsync(id, cancellation) ?? new Image(id);
            var message = string.Create(
                CultureInfo.InvariantCulture,
                $"Successfully pulled image \"{container.Image}\" in {Seconds(pullStart)} ({Seconds(waitStart)} including waiting). " +
                $"Image size: {image.SizeBytes} bytes.");
            events.Normal(pod, "Pulled", message, path);
            return image;
        }
        catch (RuntimeException e)
        {
            throw PullFailed(pod, container.Image, path, key, e.Message);
        }
        finally
        {
            _slots.Release();
        }
    }

    private string Seconds(long start)
    {
        var elapsed = time.GetElapsedTime(start);
        return elapsed.TotalSeconds < 1
            ? elapsed.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) + "ms"
            : elapsed.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + "s";
    }

    private async Task<string> PullWithAsync(string reference, IReadOnlyList<AuthConfig> credentials, CancellationToken cancellation)
    {
        for (var i = 0; i + 1 < credentials.Count; i++)
        {
            try
            {
                return await images.PullImageAsync(reference, credentials[i], null, cancellation);
            }
            catch (RuntimeException)
            {
                // The next credentials may be the right ones; the last ones' error is what counts.
            }
        }

        return await images.PullImageAsync(reference, credentials.Count > 0 ? credentials[^1] : null, null, cancellation);
    }

    private void ThrowIfBackingOff(Pod pod, string image, string path, string key)
    {
        (string Message, DateTimeOffset At) failure;
        lock (_failures)
        {
            if (!_failures.TryGetValue(key, out failure))
                return;
        }

        var left = _backOff.Remaining(key, failure.At, time.GetUtcNow());
        if (left <= TimeSpan.Zero)
            return;
        var message = $"Back-off pulling image \"{image}\": {ErrImagePull}: {failure.Message}";
        events.Normal(pod, "BackOff", $"Back-off pulling image \"{image}\"", path);
        throw Failed(pod, path, ImagePullBackOff, message, left);
    }

    private ImagePullException PullFailed(Pod pod, string image, string path, string key, string error)
    {
        var now = time.GetUtcNow();
        _backOff.Next(key, now, now);
        lock (_failures)
            _failures[key] = (error, now);
        events.Warning(pod, "Failed", $"Failed to pull image \"{image}\": {error}", path);
        return Failed(pod, path, ErrImagePull, error, TimeSpan.FromSeconds(1));
    }

    private ImagePullException Failed(Pod pod, string path, string reason, string message, TimeSpan retryAfter)
    {
        events.Warning(pod, "Failed", $"Error: {reason}", path);
        return new ImagePullException(reason, message, retryAfter);
    }
}
