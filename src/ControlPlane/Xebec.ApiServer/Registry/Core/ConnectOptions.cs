using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>The query of a connection (exec, attach, port-forward, proxy) as the options object that admission sees.</summary>
internal static class ConnectOptions
{
    /// <summary>v1 PodExecOptions; stdout and stderr are on unless said otherwise.</summary>
    public static ObjectValue Exec(RequestContext request)
    {
        var options = Streams(request, "PodExecOptions");
        if (request.Query["command"] is { Count: > 0 } command)
            options["command"] = new ListValue(command.Select(c => (Value)c));
        return options;
    }

    /// <summary>v1 PodAttachOptions.</summary>
    public static ObjectValue Attach(RequestContext request) => Streams(request, "PodAttachOptions");

    /// <summary>v1 PodPortForwardOptions.</summary>
    public static ObjectValue PortForward(RequestContext request)
    {
        var options = Of("PodPortForwardOptions");
        var ports = request.Query["ports"].SelectMany(p => (p ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
            .Select(p => int.TryParse(p, System.Globalization.CultureInfo.InvariantCulture, out var port) ? port : 0).Where(p => p > 0).ToArray();
        if (ports.Length > 0)
            options["ports"] = new ListValue(ports.Select(p => (Value)(long)p));
        return options;
    }

    /// <summary>The options of a proxied request, for example v1 PodProxyOptions.</summary>
    public static ObjectValue Proxy(RequestContext request, string kind)
    {
        var options = Of(kind);
        if (request.Info.SubPath.Length > 0)
            options["path"] = request.Info.SubPath;
        return options;
    }

    private static ObjectValue Streams(RequestContext request, string kind)
    {
        var options = Of(kind);
        foreach (var (name, preset) in new[] { ("stdin", false), ("stdout", true), ("stderr", true), ("tty", false) })
        {
            if (request.Parameter(name) is null ? preset : request.Flag(name))
                options[name] = true;
        }

        if (request.Parameter("container") is { } container)
            options["container"] = container;
        return options;
    }

    private static ObjectValue Of(string kind) => new() { { "kind", kind }, { "apiVersion", "v1" } };
}
