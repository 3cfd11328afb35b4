using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Xebec.ApiServer;

/// <summary>
/// Hands Kestrel's requests to the pipeline, one context for each connection or stream. The host's own application starts an activity
/// and a log scope for each request, which nobody reads here.
/// </summary>
internal sealed class PipelineApplication(RequestDelegate pipeline) : IHttpApplication<DefaultHttpContext>
{
    public DefaultHttpContext CreateContext(IFeatureCollection contextFeatures)
    {
        if (contextFeatures is not IHostContextContainer<DefaultHttpContext> container)
            return new DefaultHttpContext(contextFeatures);
        if (container.HostContext is not { } reused)
            return container.HostContext = new DefaultHttpContext(contextFeatures);
        reused.Initialize(contextFeatures);
        return reused;
    }

    public Task ProcessRequestAsync(DefaultHttpContext context) => pipeline(context);

    public void DisposeContext(DefaultHttpContext context, Exception? exception) => context.Uninitialize();
}
