using Xebec.Api.Meta.V1;
using Xebec.Client.Selectors;

namespace Xebec.Scheduler.Framework;

/// <summary>A label selector with a text that is equal for equal selectors, to remember counts by.</summary>
internal sealed class Selector
{
    /// <summary>Matches nothing, as an absent selector does.</summary>
    public static readonly Selector Nothing = new(null);

    private readonly LabelSelector? _selector;

    public Selector(LabelSelector? selector)
    {
        _selector = selector;
        Key = selector is null ? "!" : LabelSelectors.ToQuery(selector);
    }

    public string Key { get; }

    public bool Matches(Dictionary<string, string> labels) => LabelSelectors.Matches(_selector, labels);
}
