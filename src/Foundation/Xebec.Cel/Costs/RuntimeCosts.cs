using Xebec.Cel.Functions;
using Xebec.Cel.Libraries;
using Xebec.Cel.Values;

namespace Xebec.Cel.Costs;

/// <summary>What calls cost when they run. Its twin is <see cref="CostEstimator"/>; both are upstream's model.</summary>
internal static class RuntimeCosts
{
    /// <summary>Of reading one character.</summary>
    public const double CharacterFactor = 0.1;

    /// <summary>Of one character of a regular expression.</summary>
    public const double PatternFactor = 0.25;

    public const long ListBase = 10;
    public const long MapBase = 30;
    public const long ObjectBase = 40;
    public const long AuthorizationCheck = 350_000;

    /// <summary>Of a call that makes a list.</summary>
    public const long AllocationBase = ListBase + 1;

    /// <summary>What a call of a function costs; the overload counts when the static types left one.</summary>
    public static CallCost Of(string function, IReadOnlyList<Overload> overloads) =>
        OfFunction(function, overloads) ?? OfOverload(overloads.Count == 1 ? overloads[0].Id : "");

    /// <summary>Whether what a call costs is known only when it is done; all others are charged before they run.</summary>
    public static bool IsChargedByResult(string function) => function == "join";

    public static long Comparison(CelValue left, CelValue right) => Characters(Math.Min(Size(left), Size(right)));

    private static CallCost? OfFunction(string function, IReadOnlyList<Overload> overloads) => function switch
    {
        "check" => (_, _, _) => AuthorizationCheck,
        "isSorted" or "sum" or "max" or "min" or "indexOf" or "lastIndexOf" => (list, _, _) => Traversal(list),
        "url" or "lowerAscii" or "upperAscii" or "substring" or "trim" or "cidr" or "isIP" or "isCIDR" or "quantity" or "isQuantity"
            or "semver" or "isSemver" => (text, _, _) => Characters(Size(text)),
        "ip" => (text, _, _) => text is CelString ? Characters(Size(text)) : 1,
        "replace" or "split" or "ip.isCanonical" => (text, _, _) => Characters(2 * Size(text)),
        "join" => (_, _, result) => Characters(2 * Size(result)),
        "find" or "findAll" => (text, pattern, _) => Pattern(text, Size(pattern!)),
        "validate" => (format, text, _) => format is FormatValue value ? Pattern(text!, value.PatternLength) : 1,
        "containsIP" => (cidr, other, _) => Characters(2 * Size(cidr)) + Parsing(other),
        "containsCIDR" => (cidr, other, _) => Characters(2 * Size(cidr)) + Characters(Size(cidr)) + 1 + Parsing(other),
        "sets.contains" or "sets.intersects" => (left, right, _) => 1 + Size(left) * Size(right!),
        "sets.equivalent" => (left, right, _) => 1 + 2 * Size(left) * Size(right!),
        _ => null,
    };

    private static CallCost OfOverload(string id) => id switch
    {
        "starts_with_string" or "ends_with_string" or "string_to_bytes" or "bytes_to_string" => (text, _, _) => Characters(Size(text)),
        "in_list" => (_, list, _) => Size(list!),
        "add_string" or "add_bytes" => (left, right, _) => Characters(Size(left) + Size(right!)),
        "matches_string" or "matches" => (text, pattern, _) => Pattern(text, Size(pattern!)),
        "list_slice" => (list, from, _) => AllocationBase + Math.Max(0, Size(list) - (from is CelInt start ? start.Number : 0)),
        "list_reverse" => (list, _, _) => AllocationBase + Size(list),
        "lists_range" => (count, _, _) => AllocationBase + (count is CelInt number ? Math.Clamp(number.Number, 0, AuthorizationCheck * 10) : 0),
        "list_flatten" => (list, _, _) => AllocationBase + Size(list),
        "list_flatten_int" => (list, depth, _) => AllocationBase + Saturate((double)Size(list) * (depth is CelInt number ? number.Number : 1)),
        "list_distinct" => (list, _, _) => SelfComparison(list),
        _ when id.EndsWith("_sort", StringComparison.Ordinal) => (list, _, _) => SelfComparison(list),
        _ when id.EndsWith("_sortByAssociatedKeys", StringComparison.Ordinal) => (_, keys, _) => SelfComparison(keys!),
        "contains_string" => (text, part, _) => Characters(Size(text)) * Characters(Size(part!)),
        _ => (_, _, _) => 1,
    };

    private static long Size(CelValue value) => value.Size ?? 1;

    private static long Characters(long count) => (long)Math.Ceiling(count * CharacterFactor);

    private static long Parsing(CelValue? other) => other is CelString ? Characters(Size(other)) : 0;

    private static long Pattern(CelValue text, long patternLength) =>
        (long)Math.Ceiling((1.0 + Size(text)) * CharacterFactor) * (long)Math.Ceiling(patternLength * PatternFactor);

    // Every item against every other, twice.
    private static long SelfComparison(CelValue value)
    {
        var size = (double)Size(value);
        var isText = value is CelList { Count: > 0 } list && list[0] is CelString or CelBytes;
        return AllocationBase + Saturate(size * size * (isText ? 2 + CharacterFactor : 2));
    }

    private static long Saturate(double cost) => (long)Math.Clamp(cost, 0, 1e15);

    private static long Traversal(CelValue value)
    {
        switch (value)
        {
            case CelString text:
                return (long)(System.Text.Encoding.UTF8.GetByteCount(text.Text) * CharacterFactor);
            case CelBytes bytes:
                return (long)(bytes.Bytes.Length * CharacterFactor);
            case CelList list:
                var items = 0L;
                for (var i = 0; i < list.Count; i++)
                    items += Traversal(list[i]);
                return items;
            case CelMap map:
                return map.Keys.Sum(key => Traversal(key) + Traversal(map.At(key)));
            default:
                return 1;
        }
    }
}
