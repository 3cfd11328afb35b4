using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.FlowControl;

/// <summary>A FlowSchema as it is applied to requests. Immutable.</summary>
internal sealed class FlowSchema
{
    private readonly FlowRule[] _rules;

    public FlowSchema(ObjectValue tree)
    {
        var (metadata, spec) = (tree.GetObject("metadata"), tree.GetObject("spec"));
        Name = metadata?.GetString("name") ?? "";
        Uid = metadata?.GetString("uid") ?? "";
        PriorityLevel = spec?.GetObject("priorityLevelConfiguration")?.GetString("name") ?? "";
        MatchingPrecedence = spec?["matchingPrecedence"]?.AsInt64() ?? 1000;
        Distinguisher = spec?.GetObject("distinguisherMethod")?.GetString("type") ?? "";
        _rules = [.. (spec?.GetList("rules") ?? []).OfType<ObjectValue>().Select(FlowRule.Read)];
    }

    public string Name { get; }

    public string Uid { get; }

    /// <summary>The name of the PriorityLevelConfiguration.</summary>
    public string PriorityLevel { get; }

    /// <summary>1 to 10,000; the lowest that matches counts.</summary>
    public long MatchingPrecedence { get; }

    /// <summary>ByUser, ByNamespace or empty: what divides its requests into flows.</summary>
    public string Distinguisher { get; }

    public bool Matches(RequestInfo request, UserInfo user)
    {
        foreach (var rule in _rules)
        {
            if (rule.Matches(request, user))
                return true;
        }

        return false;
    }

    /// <summary>What a request's flow is called within the schema.</summary>
    public string FlowOf(RequestInfo request, UserInfo user) => Distinguisher switch
    {
        "ByUser" => user.Name,
        "ByNamespace" => request.Namespace,
        _ => "",
    };
}
