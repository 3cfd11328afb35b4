namespace Xebec.Host.Images;

/// <summary>The instructions of a Dockerfile, in order; comments, blank lines and line continuations are gone.</summary>
internal sealed record Dockerfile(IReadOnlyList<DockerfileInstruction> Instructions)
{
    private static readonly HashSet<string> OwnKeywords = new(StringComparer.Ordinal)
    {
        "FROM", "ARG", "ENV", "LABEL", "WORKDIR", "USER", "COPY", "ADD", "CMD", "ENTRYPOINT", "EXPOSE",
        "STOPSIGNAL", "MAINTAINER", "VOLUME",
    };

    /// <summary>False when the file has RUN or more than one stage: buildah must build it then.</summary>
    public bool CanBuildHere =>
        Instructions.All(one => OwnKeywords.Contains(one.Keyword)) && Instructions.Count(one => one.Keyword == "FROM") == 1;

    /// <exception cref="HostException">The text is not a Dockerfile; the message names the line.</exception>
    public static Dockerfile Parse(string text)
    {
        var instructions = Statements(text.ReplaceLineEndings("\n").Split('\n')).Select(ToInstruction).ToList();
        var first = instructions.FirstOrDefault(one => one.Keyword != "ARG")
            ?? throw new HostException("the Dockerfile is empty: it needs a FROM line");
        if (first.Keyword != "FROM") throw new HostException($"Dockerfile line {first.LineNumber}: FROM must come before {first.Keyword}");
        return new Dockerfile(instructions);
    }

    private static IEnumerable<(int LineNumber, string Text)> Statements(string[] lines)
    {
        var (started, text) = (0, "");
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            if (text.Length == 0) started = i + 1;
            var continues = line[^1] == '\\';
            text += (text.Length > 0 ? " " : "") + (continues ? line[..^1].TrimEnd() : line);
            if (continues) continue;
            yield return (started, text);
            text = "";
        }

        if (text.Length > 0) yield return (started, text);
    }

    private static DockerfileInstruction ToInstruction((int LineNumber, string Text) statement)
    {
        var parts = statement.Text.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length < 2) throw new HostException($"Dockerfile line {statement.LineNumber}: {parts[0]} needs an argument");
        return new DockerfileInstruction(statement.LineNumber, parts[0].ToUpperInvariant(), parts[1]);
    }
}
