using System.Globalization;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.CustomResources;

/// <summary>
/// The JSONPath of printer columns (k8s.io/client-go/util/jsonpath): members, items, slices, wildcards, recursive descent and filters that
/// compare. Immutable.
/// </summary>
internal sealed class JsonPath
{
    private readonly List<Func<Value, IEnumerable<Value>>> _steps = [];

    private JsonPath()
    {
    }

    /// <summary>Parses a path such as <c>.status.conditions[?(@.type=="Ready")].status</c>; null when it is none.</summary>
    public static JsonPath? TryParse(string text)
    {
        var path = new JsonPath();
        var at = text.StartsWith('$') || text.StartsWith('@') ? 1 : 0;
        while (at < text.Length)
        {
            if (!path.TryReadStep(text, ref at))
                return null;
        }

        return path;
    }

    /// <summary>The first value at the path, null when there is none.</summary>
    public Value? First(Value value) => All(value).FirstOrDefault();

    /// <summary>Every value at the path.</summary>
    public IEnumerable<Value> All(Value value)
    {
        IEnumerable<Value> found = [value];
        foreach (var step in _steps)
            found = found.SelectMany(step);
        return found;
    }

    private bool TryReadStep(string text, ref int at)
    {
        if (text[at] == '[')
            return TryReadBracket(text, ref at);
        if (text[at] != '.')
            return false;
        at++;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            _steps.Add(Descendants);
        }

        if (at < text.Length && text[at] == '[')
            return true;
        var name = ReadName(text, ref at);
        if (name == "*")
            _steps.Add(Children);
        else if (name.Length > 0)
            _steps.Add(value => Member(value, name));
        return true;
    }

    private static string ReadName(string text, ref int at)
    {
        var name = new System.Text.StringBuilder();
        for (; at < text.Length && text[at] is not ('.' or '['); at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
                at++;
            name.Append(text[at]);
        }

        return name.ToString();
    }

    private bool TryReadBracket(string text, ref int at)
    {
        var end = EndOfBracket(text, at);
        if (end < 0)
            return false;
        var inner = text[(at + 1)..end].Trim();
        at = end + 1;
        if (inner.StartsWith("?(", StringComparison.Ordinal) && inner.EndsWith(')'))
            return TryAddFilter(inner[2..^1].Trim());
        if (inner == "*")
            _steps.Add(Children);
        else if (inner.Length > 1 && inner[0] is '\'' or '"')
            AddMember(inner[1..^1].Replace("\\.", ".", StringComparison.Ordinal));
        else
            return TryAddItems(inner);
        return true;
    }

    private static int EndOfBracket(string text, int at)
    {
        var quote = '\0';
        for (var depth = 0; at < text.Length; at++)
        {
            if (quote != '\0')
                quote = text[at] == quote ? '\0' : quote;
            else if (text[at] is '\'' or '"')
                quote = text[at];
            else if (text[at] == '[')
                depth++;
            else if (text[at] == ']' && --depth == 0)
                return at;
        }

        return -1;
    }

    private void AddMember(string name) => _steps.Add(value => Member(value, name));

    private bool TryAddItems(string inner)
    {
        var parts = inner.Split(':');
        var numbers = new int?[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Trim().Length == 0 && parts.Length > 1)
                continue;
            if (!int.TryParse(parts[i], CultureInfo.InvariantCulture, out var number))
                return false;
            numbers[i] = number;
        }

        _steps.Add(value => value is ListValue list ? Slice(list, numbers) : []);
        return true;
    }

    private static IEnumerable<Value> Slice(ListValue list, int?[] numbers)
    {
        var first = numbers[0] ?? 0;
        first = first < 0 ? first + list.Count : first;
        var end = numbers.Length == 1 ? first + 1 : numbers[1] ?? list.Count;
        end = end <= 0 && numbers.Length > 1 && numbers[1] is not null ? end + list.Count : end;
        var step = numbers.Length > 2 ? numbers[2] ?? 1 : 1;
        for (var i = first; step > 0 && i < end && i < list.Count; i += step)
        {
            if (i >= 0)
                yield return list[i];
        }
    }

    private bool TryAddFilter(string condition)
    {
        string[] operators = ["==", "!=", "<=", ">=", "<", ">"];
        var found = operators.Select(o => (Operator: o, At: condition.IndexOf(o, StringComparison.Ordinal))).Where(o => o.At > 0)
            .OrderBy(o => o.At).ThenByDescending(o => o.Operator.Length).FirstOrDefault();
        var left = TryParse(found.Operator is null ? condition : condition[..found.At].Trim());
        if (left is null)
            return false;
        if (found.Operator is null)
        {
            _steps.Add(value => Children(value).Where(item => left.First(item) is not null));
            return true;
        }

        var right = condition[(found.At + found.Operator.Length)..].Trim();
        Func<Value, Value?> wanted = right.StartsWith('@') && TryParse(right) is { } path ? path.First : _ => Literal(right);
        _steps.Add(value => Children(value).Where(item => Compare(left.First(item), found.Operator, wanted(item))));
        return true;
    }

    private static Value Literal(string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ when text.Length > 1 && text[0] is '\'' or '"' => text[1..^1],
        _ when long.TryParse(text, CultureInfo.InvariantCulture, out var whole) => whole,
        _ when double.TryParse(text, CultureInfo.InvariantCulture, out var real) => new NumberValue(real),
        _ => text,
    };

    private static bool Compare(Value? left, string comparison, Value? right)
    {
        if (left is null || right is null)
            return false;
        if (comparison is "==" or "!=")
            return left.DeepEquals(right) == (comparison == "==");
        var order = (left, right) switch
        {
            (NumberValue a, NumberValue b) => a.Real.CompareTo(b.Real),
            (StringValue a, StringValue b) => string.CompareOrdinal(a.Text, b.Text),
            _ => (int?)null,
        };
        return order is { } sign && comparison switch { "<" => sign < 0, ">" => sign > 0, "<=" => sign <= 0, _ => sign >= 0 };
    }

    private static IEnumerable<Value> Member(Value value, string name) => value is ObjectValue members && members[name] is { } found ? [found] : [];

    private static IEnumerable<Value> Children(Value value) => value switch
    {
        ObjectValue members => members.Select(m => m.Value),
        ListValue list => list,
        _ => [],
    };

    private static IEnumerable<Value> Descendants(Value value) => Children(value).SelectMany(Descendants).Prepend(value);
}
