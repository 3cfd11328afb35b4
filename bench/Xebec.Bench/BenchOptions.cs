using System.Globalization;

namespace Xebec.Bench;

/// <summary>What to measure and where.</summary>
internal sealed record BenchOptions
{
    public const string Usage = """
        usage: Xebec.Bench (--kubeconfig FILE | --server URL [--token TOKEN] [--ca FILE] | --start COMMAND) [options]
          --kubeconfig FILE  the current context's server, its CA and a client certificate or token
          --server URL       a server by its address; without --ca its certificate is not checked
          --start COMMAND    starts the server itself; {data}, {port} and {kubeconfig} stand for a fresh folder, a port and a file
          --pid PID[,PID]    the server's processes, for CPU and memory (known with --start)
          --only NAME[,NAME] start, idle, create, get, update, list, watch, memory, fairness, flat, informers, definitions
          --updates N        how many updates memory must stay flat over (default 200000)
          --informer-bytes N how much each of the informers reads at most (default 16000000; all is 400000000)
          --rounds N         rounds of each measurement, of which the median counts (default 3)
          --title TEXT       heading of the table
          --output FILE      also writes the table there
        """;

    public string? Kubeconfig { get; init; }

    public Uri? Server { get; init; }

    public string? Token { get; init; }

    public string? AuthorityFile { get; init; }

    public string? StartCommand { get; init; }

    public IReadOnlyList<int> ProcessIds { get; init; } = [];

    public IReadOnlySet<string>? Only { get; init; }

    public int Updates { get; init; } = 200_000;

    public long InformerBytes { get; init; } = 16_000_000;

    public int Rounds { get; init; } = 3;

    public string Title { get; init; } = "xebec server";

    public string? Output { get; init; }

    public bool Includes(string name) => Only is null || Only.Contains(name);

    /// <exception cref="ArgumentException">The arguments make no sense; the message says which.</exception>
    public static BenchOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new BenchOptions();
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (i + 1 >= arguments.Length)
                throw new ArgumentException($"{arguments[i]} needs a value");
            options = options.With(arguments[i], arguments[i + 1]);
        }

        if (options.Kubeconfig is null && options.Server is null && options.StartCommand is null)
            throw new ArgumentException("one of --kubeconfig, --server and --start is needed");
        return options;
    }

    private BenchOptions With(string name, string value) => name switch
    {
        "--kubeconfig" => this with { Kubeconfig = value },
        "--server" => this with { Server = new Uri(value) },
        "--token" => this with { Token = value },
        "--ca" => this with { AuthorityFile = value },
        "--start" => this with { StartCommand = value },
        "--pid" => this with { ProcessIds = [.. value.Split(',').Select(p => int.Parse(p, CultureInfo.InvariantCulture))] },
        "--only" => this with { Only = value.Split(',').ToHashSet(StringComparer.Ordinal) },
        "--updates" => this with { Updates = int.Parse(value, CultureInfo.InvariantCulture) },
        "--informer-bytes" => this with { InformerBytes = long.Parse(value, CultureInfo.InvariantCulture) },
        "--rounds" => this with { Rounds = int.Parse(value, CultureInfo.InvariantCulture) },
        "--title" => this with { Title = value },
        "--output" => this with { Output = value },
        _ => throw new ArgumentException($"unknown option {name}"),
    };
}
