using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Configuration;

namespace Xebec.ApiServer.Authorization;

/// <summary>One webhook that authorizes (apiserver.config.k8s.io/v1 WebhookConfiguration). Immutable.</summary>
internal sealed record WebhookAuthorizerSettings
{
    /// <summary>The kubeconfig that leads to it.</summary>
    public required string KubeconfigFile { get; init; }

    /// <summary>How long a yes counts; zero asks each time.</summary>
    public required TimeSpan AuthorizedTtl { get; init; }

    /// <summary>How long a no counts; zero asks each time.</summary>
    public required TimeSpan UnauthorizedTtl { get; init; }

    /// <summary>How long an answer may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>When it can't be asked nobody is allowed; otherwise the next authorizer decides.</summary>
    public bool DeniesOnFailure { get; init; }

    /// <summary>It is only asked where all of them hold.</summary>
    public IReadOnlyList<AccessCondition> Conditions { get; init; } = [];

    /// <exception cref="ConfigurationException">It can't be used.</exception>
    public static WebhookAuthorizerSettings Read(string path, string at, ObjectValue tree)
    {
        var connection = tree.GetObject("connectionInfo") ?? new ObjectValue();
        if (connection.GetString("type") is var type and not "KubeConfigFile")
            throw new ConfigurationException(path, $"{at}.connectionInfo.type: \"{type}\": supported values: \"KubeConfigFile\"");
        foreach (var field in new[] { "subjectAccessReviewVersion", "matchConditionSubjectAccessReviewVersion" })
        {
            if (tree.GetString(field) is { Length: > 0 } version and not "v1")
                throw new ConfigurationException(path, $"{at}.{field}: \"{version}\": supported values: \"v1\"");
        }

        var conditions = ConfigurationFile.Objects(tree, "matchConditions");
        return new WebhookAuthorizerSettings
        {
            KubeconfigFile = connection.GetString("kubeConfigFile")
                ?? throw new ConfigurationException(path, $"{at}.connectionInfo.kubeConfigFile: is required"),
            AuthorizedTtl = tree["cacheAuthorizedRequests"]?.AsBool() == false
                ? TimeSpan.Zero
                : Duration(path, at, tree, "authorizedTTL", TimeSpan.FromMinutes(5)),
            UnauthorizedTtl = tree["cacheUnauthorizedRequests"]?.AsBool() == false
                ? TimeSpan.Zero
                : Duration(path, at, tree, "unauthorizedTTL", TimeSpan.FromSeconds(30)),
            Timeout = Duration(path, at, tree, "timeout", TimeSpan.FromSeconds(30)),
            DeniesOnFailure = tree.GetString("failurePolicy") switch
            {
                "Deny" => true,
                "NoOpinion" => false,
                var other => throw new ConfigurationException(path, $"{at}.failurePolicy: \"{other}\": supported values: \"Deny\", \"NoOpinion\""),
            },
            Conditions = [.. conditions.Select((c, i) => AccessCondition.Compile(path, $"{at}.matchConditions[{i}]", c.GetString("expression") ?? ""))],
        };
    }

    private static TimeSpan Duration(string path, string at, ObjectValue tree, string field, TimeSpan usual)
    {
        if (tree.GetString(field) is not { Length: > 0 } text || text == "0s")
            return usual;
        if (!GoDuration.TryParse(text, out var nanoseconds) || nanoseconds <= 0)
            throw new ConfigurationException(path, $"{at}.{field}: \"{text}\": must be greater than zero");
        return GoDuration.ToTimeSpan(nanoseconds);
    }
}
