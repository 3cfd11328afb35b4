namespace Xebec.Bench;

/// <summary>What every scenario works with.</summary>
internal sealed record BenchContext(BenchOptions Options, Target Target, ServerProcesses Server, string Namespace)
{
    public static string ConfigMaps(string ns) => $"/api/v1/namespaces/{ns}/configmaps";

    /// <summary>A ConfigMap with 1 KiB of data whose name ends in the request's number.</summary>
    public static string ConfigMap(string prefix) =>
        $$$"""
        {"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"{{{prefix}}}-{{{RequestTemplate.Number}}}","labels":{"app":"bench"}},
        "data":{"sentAt":"{{{RequestTemplate.Stamp}}}","value":"{{{Filler}}}"}}
        """;

    private static string Filler { get; } = string.Concat(Enumerable.Range(0, 1024).Select(i => (char)('a' + i * 7 % 26)));

    /// <summary>Opens connections; those that block wait on the thread they are used on.</summary>
    public async Task<ApiConnection[]> ConnectAsync(int count, bool blocks = false)
    {
        var connections = new ApiConnection[count];
        for (var i = 0; i < count; i++)
            connections[i] = await ApiConnection.OpenAsync(Target, blocks);
        return connections;
    }

    /// <summary>Sends one request of its own.</summary>
    public async Task SendAsync(string method, string path, string body = "")
    {
        using var connection = await ApiConnection.OpenAsync(Target);
        await connection.SendAsync(RequestTemplate.Create(Target, method, path, body).Fill());
    }

    public Task CreateNamespaceAsync(string name) =>
        SendAsync("POST", "/api/v1/namespaces", $$$"""{"kind":"Namespace","apiVersion":"v1","metadata":{"name":"{{{name}}}"}}""");

    /// <summary>Creates ConfigMaps prefix-first … over 64 connections.</summary>
    public async Task<Load> CreateAsync(ApiConnection[] connections, string ns, string prefix, int first, int count)
    {
        var template = RequestTemplate.Create(Target, "POST", ConfigMaps(ns), ConfigMap(prefix));
        return await Load.RunAsync(connections, count, _ => Filled(template.Copy(), first), Server);
    }

    private static Func<int, ReadOnlyMemory<byte>> Filled(RequestTemplate template, int first) => i => template.Fill(first + i);

    public static void Close(ApiConnection[] connections)
    {
        foreach (var connection in connections)
            connection.Dispose();
    }

    /// <summary>CPU per operation: the median of the rounds, and the least of them.</summary>
    public string Cpu(Load load) => Cpu(load.CpuMicroseconds, load.LeastCpuMicroseconds);

    public string Cpu(double median, double least) => Server.Known ? $"{Time(median)} (least {Time(least)})" : "";

    private static string Time(double microseconds) => microseconds < 1000 ? $"{microseconds:F1} us" : $"{microseconds / 1000:F1} ms";
}
