using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Xebec.Client;
using Xebec.Client.Informers;
using Xebec.Dns.Forwarding;
using Xebec.Dns.Records;
using Xebec.Dns.Serving;
using Xebec.Dns.Sources;
using Xebec.Dns.Zones;

namespace Xebec.Dns;

/// <summary>
/// DNS for pods, one listener per node: names of Services and pods per the Kubernetes DNS specification 1.1.0, other names
/// from the host's resolvers. It publishes itself as kube-system/kube-dns.
/// </summary>
public sealed partial class ClusterDns(
    ApiClient client, InformerFactory informers, DnsOptions options, TimeProvider time, ILogger<ClusterDns> logger)
{
    private readonly TaskCompletionSource<IPEndPoint> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where it listens; done when it knows every Service and answers.</summary>
    public Task<IPEndPoint> Listening => _listening.Task;

    /// <summary>Serves until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var records = new ClusterRecords();
        using var source = new RecordsSource(informers, records, time);
        informers.Start(cancellationToken);
        try
        {
            await source.WaitForSyncAsync(cancellationToken);
            using var server = Bind(NewHandler(records));
            _listening.TrySetResult(server.EndPoint);
            LogListening(server.EndPoint);
            await Task.WhenAll(
                server.RunAsync(cancellationToken),
                source.RunAsync(logger, cancellationToken),
                new DnsPublisher(client, options, time, logger).PublishAsync(server.EndPoint, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private DnsHandler NewHandler(ClusterRecords records)
    {
        var text = File.Exists(options.ResolvConf) ? File.ReadAllText(options.ResolvConf) : "";
        var servers = ResolvConf.NameServers(text, [options.Listen.Address, options.ClusterIP]);
        return new(new DnsResponder(new ClusterZone(records, options.ClusterDomain)), new Forwarder(servers, time));
    }

    private DnsServer Bind(DnsHandler handler)
    {
        try
        {
            return new(options.Listen, handler, time, logger);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return new(new IPEndPoint(options.Listen.Address, 0), handler, time, logger);
        }
    }

    [LoggerMessage(5203, LogLevel.Information, "Cluster DNS listens on {endPoint}")]
    private partial void LogListening(IPEndPoint endPoint);
}
