using Xebec.Host.Processes;

namespace Xebec.Host.Images;

/// <summary>Builds images from Dockerfiles into the local store: itself where it can, with buildah where there is RUN.</summary>
internal sealed class ImageBuilder(ImageStore store, ICommandRunner commands)
{
    /// <summary>Builds and names an image; the name is a full one.</summary>
    /// <exception cref="HostException">The Dockerfile is wrong, or needs what this machine does not have.</exception>
    public async Task<LocalImage> BuildAsync(
        string name, string dockerfilePath, string contextFolder, IReadOnlyDictionary<string, string> arguments,
        CancellationToken cancellationToken)
    {
        if (!File.Exists(dockerfilePath)) throw new HostException($"there is no Dockerfile at {dockerfilePath}");
        var dockerfile = Dockerfile.Parse(await File.ReadAllTextAsync(dockerfilePath, cancellationToken).ConfigureAwait(false));
        if (!dockerfile.CanBuildHere)
        {
            await new BuildahBuild(commands, store).BuildAsync(name, dockerfilePath, contextFolder, arguments, cancellationToken)
                .ConfigureAwait(false);
            return store.Find(name)!;
        }

        var build = new ImageBuild(store, contextFolder, arguments);
        foreach (var instruction in dockerfile.Instructions)
        {
            if (instruction.Keyword != "FROM") build.Apply(instruction);
            else if (await BaseAsync(instruction, cancellationToken).ConfigureAwait(false) is { } image) build.StartFrom(image);
        }

        return store.Tag(name, build.Config, build.Layers, DotnetRuntimeImage.Architecture);
    }

    private async Task<LocalImage?> BaseAsync(DockerfileInstruction from, CancellationToken cancellationToken)
    {
        var name = from.Text.Split(' ')[0];
        if (name == "scratch") return null;
        var fullName = ImageReference.Normalize(name);
        if (fullName == DotnetRuntimeImage.Name)
            return await new DotnetRuntimeImage(commands).EnsureAsync(store, cancellationToken).ConfigureAwait(false);
        return store.Find(fullName) ?? throw new HostException(
            $"Dockerfile line {from.LineNumber}: image {fullName} is not in the local store; "
            + $"build it first, or use scratch or {DotnetRuntimeImage.Name}");
    }
}
