using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.FlowControl;

/// <summary>The FlowSchemas in the order they are tried, as of two snapshots of the cache. Immutable.</summary>
internal sealed class FlowConfiguration(
    IEnumerable<ActiveFlowSchema> schemas, IReadOnlyList<PriorityLevel> levels, CacheSnapshot schemaObjects, CacheSnapshot levelObjects)
{
    private readonly ActiveFlowSchema[] _ordered =
    [
        .. schemas.OrderBy(s => s.Schema.MatchingPrecedence).ThenBy(s => s.Schema.Name, StringComparer.Ordinal),
    ];

    /// <summary>Every level that is configured, in order of the names.</summary>
    public IReadOnlyList<PriorityLevel> Levels { get; } = levels;

    /// <summary>It still says what the cache holds.</summary>
    public bool IsOf(CacheSnapshot schemas, CacheSnapshot levels) => ReferenceEquals(schemas, schemaObjects) && ReferenceEquals(levels, levelObjects);

    /// <summary>The schema that a request belongs to; the last one (catch-all) takes what no other wants.</summary>
    public ActiveFlowSchema Classify(RequestInfo request, UserInfo user)
    {
        foreach (var schema in _ordered)
        {
            if (schema.Schema.Matches(request, user))
                return schema;
        }

        return _ordered[^1];
    }
}
