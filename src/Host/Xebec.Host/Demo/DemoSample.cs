namespace Xebec.Host.Demo;

/// <summary>Where the demo's sources are: samples/HelloXebec of the checkout that this program was built from.</summary>
internal sealed record DemoSample(string Folder)
{
    public const string ImageName = "localhost/hello-xebec:1";
    public const string NodePortUrl = "http://127.0.0.1:30080/";
    private static readonly string RelativePath = Path.Combine("samples", "HelloXebec");

    public string ProjectPath => Path.Combine(Folder, "HelloXebec.csproj");

    public string DockerfilePath => Path.Combine(Folder, "Dockerfile");

    /// <summary>Each manifest with the path of the object it describes.</summary>
    public IEnumerable<(string ApiPath, string File)> Manifests =>
    [
        ("/apis/apps/v1/namespaces/default/deployments/hello-xebec", Path.Combine(Folder, "manifests", "deployment.yaml")),
        ("/api/v1/namespaces/default/services/hello-xebec", Path.Combine(Folder, "manifests", "service.yaml")),
        ("/api/v1/namespaces/default/services/hello-xebec-nodeport", Path.Combine(Folder, "manifests", "service-nodeport.yaml")),
    ];

    /// <summary>Looks in the folders above the program, then in those above the working folder.</summary>
    /// <exception cref="HostException">There is no checkout.</exception>
    public static DemoSample Find() =>
        Above(AppContext.BaseDirectory).Concat(Above(Environment.CurrentDirectory))
            .Select(folder => Path.Combine(folder, RelativePath)).Where(Directory.Exists)
            .Select(folder => new DemoSample(folder)).FirstOrDefault()
        ?? throw new HostException("the demo needs Xebec's sources (samples/HelloXebec); run ./xebec up --demo in a checkout");

    private static IEnumerable<string> Above(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder)) yield return folder;
    }
}
