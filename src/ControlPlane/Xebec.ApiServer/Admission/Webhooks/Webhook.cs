using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission.Expressions;
using Xebec.ApiServer.Admission.Matching;
using Xebec.ApiServer.Webhooks;

namespace Xebec.ApiServer.Admission.Webhooks;

/// <summary>One webhook of a configuration, compiled. Immutable.</summary>
internal sealed class Webhook
{
    private static readonly string[] ReviewVersions = ["v1", "v1beta1"];

    private Webhook(string configuration, ObjectValue tree, int position)
    {
        Configuration = configuration;
        Name = tree.GetString("name") ?? "";
        Id = $"{configuration}/{Name}/{position}";
        Client = WebhookClientConfig.Read(tree.GetObject("clientConfig") ?? []);
        Criteria = MatchCriteria.OfWebhook(tree);
        FailsOpen = tree.GetString("failurePolicy") == "Ignore";
        CanDryRun = tree.GetString("sideEffects") is "None" or "NoneOnDryRun";
        Timeout = TimeSpan.FromSeconds(tree["timeoutSeconds"]?.AsInt64() ?? 10);
        SeesAgain = tree.GetString("reinvocationPolicy") == "IfNeeded";
        Conditions = MatchConditions.Read(tree.GetList("matchConditions"), AdmissionEnvironment.Webhooks, FailsOpen);
        ReviewVersion = tree.GetList("admissionReviewVersions")?.Select(v => v.AsString()).FirstOrDefault(v => ReviewVersions.Contains(v)) ?? "v1";
    }

    /// <summary>The configuration's name.</summary>
    public string Configuration { get; }

    /// <summary>The webhook's name, for example check.example.com.</summary>
    public string Name { get; }

    /// <summary>Tells it from all other webhooks.</summary>
    public string Id { get; }

    /// <summary>Where it is.</summary>
    public WebhookClientConfig Client { get; }

    /// <summary>Which requests it sees.</summary>
    public MatchCriteria Criteria { get; }

    /// <summary>What must hold besides.</summary>
    public MatchConditions Conditions { get; }

    /// <summary>failurePolicy Ignore: a webhook that can't be called admits.</summary>
    public bool FailsOpen { get; }

    /// <summary>It has no side effects when dryRun is set.</summary>
    public bool CanDryRun { get; }

    /// <summary>How long a call may take.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>reinvocationPolicy IfNeeded.</summary>
    public bool SeesAgain { get; }

    /// <summary>The version of AdmissionReview it reads: v1 or v1beta1.</summary>
    public string ReviewVersion { get; }

    /// <summary>The webhooks of a configuration, in its order.</summary>
    public static Webhook[] ReadAll(ObjectValue configuration)
    {
        var name = configuration.GetObject("metadata")?.GetString("name") ?? "";
        return [.. (configuration.GetList("webhooks") ?? []).Select((w, i) => new Webhook(name, (ObjectValue)w, i))];
    }
}
