using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Values;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Xebec.ApiMachinery.Yaml;

/// <summary>Builds the tree of one document from the parser's events.</summary>
internal sealed class YamlTreeReader(Parser parser)
{
    // What all aliases of a document may expand to, in bytes of text with NodeWeight for every node: some times the largest body.
    private const long MaximumAliasWeight = 4 * 1024 * 1024;
    private const int NodeWeight = 16;

    private readonly Dictionary<AnchorName, (Value Value, long Weight)> _anchors = [];
    private readonly HashSet<AnchorName> _open = [];
    private readonly List<string> _duplicates = [];
    private long _weight;
    private long _aliasWeight;
    private int _depth;

    /// <summary>Reads the document whose start the parser stands on, up to its end.</summary>
    public YamlDocument ReadDocument()
    {
        parser.MoveNext();
        var value = ReadNode();
        parser.MoveNext();
        return new YamlDocument(value, _duplicates);
    }

    // Stands on the node's first event; leaves the parser on its last.
    private Value ReadNode()
    {
        if (parser.Current is AnchorAlias alias)
            return Expand(alias);
        var node = (NodeEvent)parser.Current!;
        var before = _weight;
        if (!node.Anchor.IsEmpty)
            _open.Add(node.Anchor);
        if (++_depth > Value.MaximumDepth)
            throw Error(node, "exceeded max depth of 256");
        var value = ReadContent(node);
        _depth--;
        _weight += NodeWeight;
        if (!node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor] = (value, _weight - before);
            _open.Remove(node.Anchor);
        }

        return value;
    }

    private Value ReadContent(NodeEvent node) => node switch
    {
        Scalar scalar => ReadScalar(scalar),
        SequenceStart => ReadSequence(),
        MappingStart => ReadMapping(),
        _ => throw Error(node, $"unexpected {node.GetType().Name}"),
    };

    private Value ReadScalar(Scalar scalar)
    {
        _weight += scalar.Value.Length;
        return YamlScalars.Resolve(scalar);
    }

    private ListValue ReadSequence()
    {
        var list = new ListValue();
        while (parser.MoveNext() && parser.Current is not SequenceEnd)
            list.Add(ReadNode());
        return list;
    }

    private ObjectValue ReadMapping()
    {
        var result = new ObjectValue();
        var merged = new List<Value>();
        while (parser.MoveNext() && parser.Current is not MappingEnd)
        {
            var at = parser.Current!;
            var isMerge = at is Scalar { Value: "<<", Style: ScalarStyle.Plain };
            var key = isMerge ? "<<" : KeyOf(at, ReadNode());
            parser.MoveNext();
            var value = ReadNode();
            if (isMerge)
                merged.Add(value);
            else
                AddMember(result, at, key, value);
        }

        foreach (var source in merged)
            Merge(result, source);
        return result;
    }

    private void AddMember(ObjectValue result, ParsingEvent at, string key, Value value)
    {
        if (result.ContainsKey(key))
            _duplicates.Add($"line {at.Start.Line}: key \"{key}\" already set in map");
        result[key] = value;
    }

    private static void Merge(ObjectValue result, Value source)
    {
        if (source is ListValue sources)
        {
            foreach (var each in sources)
                Merge(result, each);
        }

        if (source is not ObjectValue members)
            return;
        foreach (var (name, value) in members)
        {
            if (!result.ContainsKey(name))
                result[name] = value;
        }
    }

    private Value Expand(AnchorAlias alias)
    {
        if (_open.Contains(alias.Value))
            throw Error(alias, $"anchor '{alias.Value}' value contains itself");
        if (!_anchors.TryGetValue(alias.Value, out var anchor))
            throw Error(alias, $"unknown anchor '{alias.Value}' referenced");
        _weight += anchor.Weight;
        _aliasWeight += anchor.Weight;
        if (_aliasWeight > MaximumAliasWeight)
            throw new DecodeException("yaml: document contains excessive aliasing");
        if (_depth + DepthOf(anchor.Value) > Value.MaximumDepth)
            throw Error(alias, "exceeded max depth of 256");
        return anchor.Value.DeepClone();
    }

    private static int DepthOf(Value value)
    {
        var deepest = 0;
        if (value is ListValue list)
        {
            foreach (var item in list)
                deepest = Math.Max(deepest, DepthOf(item));
        }
        else if (value is ObjectValue members)
        {
            foreach (var (_, member) in members)
                deepest = Math.Max(deepest, DepthOf(member));
        }

        return deepest + 1;
    }

    private static string KeyOf(ParsingEvent at, Value key) => key switch
    {
        StringValue text => text.Text,
        BoolValue or NumberValue => key.ToString(),
        _ => throw Error(at, "mapping keys must be scalars"),
    };

    private static DecodeException Error(ParsingEvent at, string what) => new($"yaml: line {at.Start.Line}: {what}");
}
