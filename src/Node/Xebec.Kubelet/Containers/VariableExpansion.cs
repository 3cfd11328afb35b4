using System.Text;

namespace Xebec.Kubelet.Containers;

/// <summary>Replaces $(NAME) in commands, arguments and values; $$ is a dollar sign, and what is not known stays as it is.</summary>
internal static class VariableExpansion
{
    public static string Expand(string text, Func<string, string?> lookup)
    {
        if (!text.Contains('$', StringComparison.Ordinal))
            return text;
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '$' || i + 1 == text.Length)
                result.Append(text[i]);
            else
                i = ExpandAt(text, i, result, lookup);
        }

        return result.ToString();
    }

    private static int ExpandAt(string text, int dollar, StringBuilder result, Func<string, string?> lookup)
    {
        if (text[dollar + 1] == '$')
        {
            result.Append('$');
            return dollar + 1;
        }

        var end = text[dollar + 1] == '(' ? text.IndexOf(')', dollar + 2) : -1;
        if (end < 0)
        {
            result.Append('$');
            return dollar;
        }

        var name = text[(dollar + 2)..end];
        result.Append(lookup(name) ?? $"$({name})");
        return end;
    }
}
