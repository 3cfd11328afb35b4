using System.Net;
using Microsoft.Extensions.Logging;
using Xebec.Api.Core.V1;
using Xebec.Api.Discovery.V1;
using Xebec.Client;

namespace Xebec.Dns.Sources;

/// <summary>Writes the objects by which pods find this listener.</summary>
internal sealed partial class DnsPublisher(ApiClient client, DnsOptions options, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Tries until both objects stand; a cluster that starts may not have its namespaces yet.</summary>
    public async Task PublishAsync(IPEndPoint listener, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await EnsureServiceAsync(cancellationToken);
                await EnsureSliceAsync(listener, cancellationToken);
                return;
            }
            catch (Exception e) when (e is ApiErrorException or HttpRequestException or TimeoutException)
            {
                LogRetry(e.Message, RetryDelay.TotalSeconds);
            }

            await Task.Delay(RetryDelay, time, cancellationToken);
        }
    }

    private async Task EnsureServiceAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync<Service>(DnsService.Name, cancellationToken) is not null) return;
        await client.CreateAsync(DnsService.Service(options.ClusterIP), null, cancellationToken);
    }

    private async Task EnsureSliceAsync(IPEndPoint listener, CancellationToken cancellationToken)
    {
        var wanted = DnsService.Slice(options.NodeName, listener);
        var found = await FindAsync<EndpointSlice>(wanted.Metadata.Name, cancellationToken);
        if (found is null)
        {
            await client.CreateAsync(wanted, null, cancellationToken);
        }
        else if (!DnsService.LeadsTo(found, listener))
        {
            wanted.Metadata.ResourceVersion = found.Metadata.ResourceVersion;
            await client.UpdateAsync(wanted, null, cancellationToken);
        }
    }

    private async Task<T?> FindAsync<T>(string name, CancellationToken cancellationToken)
        where T : class, Api.IKubernetesObject<T>
    {
        try
        {
            return await client.GetAsync<T>(DnsService.Namespace, name, cancellationToken);
        }
        catch (ApiErrorException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    [LoggerMessage(5204, LogLevel.Information, "DNS Service is not published yet, next try in {seconds} s: {error}")]
    private partial void LogRetry(string error, double seconds);
}
