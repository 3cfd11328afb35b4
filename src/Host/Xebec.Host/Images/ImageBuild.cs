namespace Xebec.Host.Images;

/// <summary>What the instructions of a Dockerfile have made so far: the configuration and the layers.</summary>
internal sealed class ImageBuild(ImageStore store, string contextFolder, IReadOnlyDictionary<string, string> buildArguments)
{
    private readonly Dictionary<string, string> _arguments = [];
    private readonly List<ImageBlob> _layers = [];

    public ImageConfig Config { get; private set; } = new();

    public IReadOnlyList<ImageBlob> Layers => _layers;

    public void StartFrom(LocalImage image)
    {
        Config = ImageConfig.Parse(store.Read(image.Config));
        _layers.AddRange(image.Layers);
    }

    /// <summary>Carries out one instruction other than FROM.</summary>
    public void Apply(DockerfileInstruction instruction)
    {
        var text = instruction.Text;
        switch (instruction.Keyword)
        {
            case "ARG": Declare(Words(text)[0]); break;
            case "ENV": Config = Config with { Environment = With(Config.Environment, Pairs(instruction)) }; break;
            case "LABEL": Config = Config with { Labels = With(Config.Labels, Pairs(instruction)) }; break;
            case "WORKDIR": Config = Config with { WorkingFolder = ImagePath(Words(text)[0]) }; break;
            case "USER": Config = Config with { User = Words(text)[0] }; break;
            case "STOPSIGNAL": Config = Config with { StopSignal = Words(text)[0] }; break;
            case "EXPOSE": Config = Config with { ExposedPorts = [.. Config.ExposedPorts.Union(Words(text).Select(Port))] }; break;
            case "ENTRYPOINT": Config = Config with { Entrypoint = DockerfileWords.Command(text), Command = [] }; break;
            case "CMD": Config = Config with { Command = DockerfileWords.Command(text) }; break;
            case "COPY" or "ADD": _layers.Add(Copy(instruction)); break;
        }
    }

    private ImageBlob Copy(DockerfileInstruction instruction)
    {
        var words = DockerfileWords.JsonArray(instruction.Text) ?? Words(instruction.Text);
        if (words.FirstOrDefault(word => word.StartsWith("--", StringComparison.Ordinal)) is { } flag)
            throw new HostException($"Dockerfile line {instruction.LineNumber}: {instruction.Keyword} {flag} is not supported");
        if (words.Count < 2)
            throw new HostException($"Dockerfile line {instruction.LineNumber}: {instruction.Keyword} needs a source and a destination");
        var plan = CopyPlan.Make(contextFolder, [.. words.SkipLast(1)], words[^1], ImagePath(words[^1]), instruction.LineNumber);
        return store.PutStream(ImageBlob.LayerMediaType, output =>
        {
            using var layer = new LayerWriter(output);
            foreach (var (source, target) in plan)
            {
                if (Directory.Exists(source)) layer.AddTree(source, target);
                else layer.AddFile(source, target);
            }
        });
    }

    private void Declare(string declaration)
    {
        var (name, fallback) = (declaration.Split('=', 2)[0], declaration.Contains('=') ? declaration.Split('=', 2)[1] : null);
        if ((buildArguments.GetValueOrDefault(name) ?? fallback) is { } value) _arguments[name] = value;
    }

    private Dictionary<string, string> Pairs(DockerfileInstruction instruction)
    {
        var words = Words(instruction.Text);
        if (!words[0].Contains('=')) return new() { [words[0]] = string.Join(' ', words.Skip(1)) };
        if (words.FirstOrDefault(word => !word.Contains('=')) is { } bad)
            throw new HostException($"Dockerfile line {instruction.LineNumber}: \"{bad}\" must be NAME=VALUE");
        return words.Select(word => word.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
    }

    private IReadOnlyList<string> Words(string text) =>
        DockerfileWords.Split(text, name => Config.Environment.GetValueOrDefault(name) ?? _arguments.GetValueOrDefault(name));

    private string ImagePath(string path) =>
        "/" + Path.GetFullPath(path, Config.WorkingFolder.Length > 0 ? Config.WorkingFolder : "/").Trim('/');

    private static string Port(string port) => port.Contains('/') ? port : port + "/tcp";

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> old, Dictionary<string, string> changes) =>
        old.Where(pair => !changes.ContainsKey(pair.Key)).Concat(changes).ToDictionary(pair => pair.Key, pair => pair.Value);
}
