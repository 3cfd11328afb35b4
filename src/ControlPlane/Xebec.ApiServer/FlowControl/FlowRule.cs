using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.FlowControl;

/// <summary>One compiled rule of a FlowSchema: matches when a subject does and one of the resource or path rules does.</summary>
internal sealed class FlowRule
{
    private readonly FlowSubject[] _subjects;
    private readonly ResourceRule[] _resources;
    private readonly PathRule[] _paths;

    private FlowRule(FlowSubject[] subjects, ResourceRule[] resources, PathRule[] paths) =>
        (_subjects, _resources, _paths) = (subjects, resources, paths);

    public static FlowRule Read(ObjectValue rule) => new(
        [.. Objects(rule, "subjects").Select(FlowSubject.Read)],
        [
            .. Objects(rule, "resourceRules").Select(r => new ResourceRule(
                FlowNames.Read(r, "verbs"), FlowNames.Read(r, "apiGroups"), FlowNames.Read(r, "resources"), FlowNames.Read(r, "namespaces"),
                r["clusterScope"]?.AsBool() == true)),
        ],
        [.. Objects(rule, "nonResourceRules").Select(r => new PathRule(FlowNames.Read(r, "verbs"), FlowNames.Read(r, "nonResourceURLs")))]);

    public bool Matches(RequestInfo request, UserInfo user) =>
        MatchesSubject(user) && (request.IsResourceRequest ? MatchesResource(request) : MatchesPath(request));

    private bool MatchesSubject(UserInfo user)
    {
        foreach (ref readonly var subject in _subjects.AsSpan())
        {
            if (subject.Matches(user))
                return true;
        }

        return false;
    }

    private bool MatchesResource(RequestInfo request)
    {
        foreach (ref readonly var rule in _resources.AsSpan())
        {
            if ((request.Namespace.Length == 0 ? rule.ClusterScope : rule.Namespaces.Contains(request.Namespace)) &&
                rule.Verbs.Contains(request.Verb) && rule.Groups.Contains(request.Group) &&
                rule.Resources.ContainsResource(request.Resource, request.Subresource))
                return true;
        }

        return false;
    }

    private bool MatchesPath(RequestInfo request)
    {
        foreach (ref readonly var rule in _paths.AsSpan())
        {
            if (rule.Verbs.Contains(request.Verb) && rule.Paths.ContainsPath(request.Path))
                return true;
        }

        return false;
    }

    private static IEnumerable<ObjectValue> Objects(ObjectValue parent, string field) => (parent.GetList(field) ?? []).OfType<ObjectValue>();

    private readonly record struct ResourceRule(FlowNames Verbs, FlowNames Groups, FlowNames Resources, FlowNames Namespaces, bool ClusterScope);

    private readonly record struct PathRule(FlowNames Verbs, FlowNames Paths);
}
