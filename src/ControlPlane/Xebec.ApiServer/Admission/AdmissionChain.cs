namespace Xebec.ApiServer.Admission;

/// <summary>The admission plugins in their order: all of them mutate, then all of them validate.</summary>
internal sealed class AdmissionChain
{
    private readonly IAdmissionPlugin[] _plugins;

    public AdmissionChain(IReadOnlyList<IAdmissionPlugin> plugins)
    {
        var duplicate = plugins.GroupBy(p => p.Name).FirstOrDefault(g => g.Count() > 1);
        if (duplicate is not null)
            throw new InvalidOperationException($"admission plugin {duplicate.Key} is registered twice");
        _plugins = [.. plugins];
    }

    public async ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        await MutateOnceAsync(request, cancellationToken);
        if (!request.NeedsReinvocation)
            return;
        request.IsReinvocation = true;
        await MutateOnceAsync(request, cancellationToken);
    }

    private async ValueTask MutateOnceAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        foreach (var plugin in _plugins)
        {
            if (plugin.Handles(request))
                await plugin.MutateAsync(request, cancellationToken);
        }
    }

    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        foreach (var plugin in _plugins)
        {
            if (plugin.Handles(request))
                await plugin.ValidateAsync(request, cancellationToken);
        }
    }
}
