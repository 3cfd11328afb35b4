using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Tests.Rules;

/// <summary>
/// A table of what upstream accepts and refuses, Rules/Cases/NAME.cases. A block starts with <c>kind KIND</c> and <c>base JSON</c>. Then
/// each line at the margin is a case: changes of the base, <c>path = json</c> (no value: removed) with <c> ;; </c> between them, after
/// <c>create:</c> or after the subresource written (<c>update:</c> for the object). Changes before a <c> >> </c> are of the stored
/// object. Indented lines are the messages; a case without any is accepted. A message may end with <c>...</c>.
/// </summary>
internal sealed record CaseFile(string Kind, string Base, string Line, IReadOnlyList<string> Messages)
{
    public static IEnumerable<CaseFile> Read(string name)
    {
        var (kind, json, line, messages) = ("", "", "", new List<string>());
        foreach (var text in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Rules", "Cases", name + ".cases")))
        {
            if (text.Length == 0 || text[0] == '#')
                continue;
            if (text[0] == ' ')
            {
                messages.Add(text.Trim());
                continue;
            }

            if (line.Length > 0)
                yield return new CaseFile(kind, json, line, messages);
            (line, messages) = ("", []);
            if (text.StartsWith("kind ", StringComparison.Ordinal))
                kind = text[5..];
            else if (text.StartsWith("base ", StringComparison.Ordinal))
                json = text[5..];
            else
                line = text;
        }

        if (line.Length > 0)
            yield return new CaseFile(kind, json, line, messages);
    }

    /// <summary>What is wrong with the case's object or change.</summary>
    public string[] Run()
    {
        var colon = Line.IndexOf(':', StringComparison.Ordinal);
        var (verb, parts) = (Line[..colon], (" " + Line[(colon + 1)..]).Split(" >>"));
        var stored = Change((ObjectValue)Value.Parse(Base), parts.Length > 1 ? parts[0] : "");
        if (verb == "create")
            return RuleCheck.Create(Kind, Change(stored, parts[^1]).ToString());
        var before = RuleCheck.Complete(Kind, stored.ToString());
        var after = RuleCheck.Complete(Kind, Change(stored, parts[^1]).ToString());
        return RuleCheck.Change(Kind, after, before, verb == "update" ? "" : verb);
    }

    /// <summary>Whether the messages are those found, in any order.</summary>
    public bool IsMetBy(string[] found)
    {
        var rest = found.ToList();
        foreach (var message in Messages)
        {
            var at = rest.FindIndex(f => message.EndsWith("...", StringComparison.Ordinal) ? f.StartsWith(message[..^3], StringComparison.Ordinal) : f.Trim() == message);
            if (at < 0)
                return false;
            rest.RemoveAt(at);
        }

        return rest.Count == 0;
    }

    private static ObjectValue Change(ObjectValue item, string changes)
    {
        var changed = (ObjectValue)item.DeepClone();
        foreach (var change in changes.Split(" ;; "))
        {
            if (change.Trim().Length == 0)
                continue;
            var parts = change.Split(" =", 2);
            var json = parts.Length > 1 ? parts[1].Trim() : "";
            changed.Set(parts[0].Trim(), json.Length == 0 ? null : json);
        }

        return changed;
    }
}
