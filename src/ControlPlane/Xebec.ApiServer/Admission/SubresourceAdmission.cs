using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Admission;

/// <summary>Admission of what is posted to a subresource that speaks a kind of its own: Binding, Eviction, PodExecOptions …</summary>
internal sealed class SubresourceAdmission(AdmissionChain chain)
{
    /// <summary>Admits the object of a create; plugins may change it.</summary>
    /// <exception cref="ApiMachinery.Errors.ApiException">It is refused.</exception>
    public ValueTask CreateAsync(RequestContext request, WriteOptions options, string name, ObjectValue sent) => AdmitAsync(
        request, new AdmissionRequest
        {
            Operation = AdmissionOperation.Create,
            Resource = request.Resource.Info,
            Subresource = request.Info.Subresource,
            Namespace = request.Info.Namespace,
            Name = name,
            User = request.User,
            Object = sent,
            DryRun = options.DryRun,
            Options = () => options.ToTree("CreateOptions"),
            Warn = request.Warn,
            Annotate = request.Annotate,
        });

    /// <summary>Admits a connection that is opened with options.</summary>
    /// <exception cref="ApiMachinery.Errors.ApiException">It is refused.</exception>
    public ValueTask ConnectAsync(RequestContext request, ObjectValue options) => AdmitAsync(
        request, new AdmissionRequest
        {
            Operation = AdmissionOperation.Connect,
            Resource = request.Resource.Info,
            Subresource = request.Info.Subresource,
            Namespace = request.Info.Namespace,
            Name = request.Info.Name,
            User = request.User,
            Object = options,
            Warn = request.Warn,
            Annotate = request.Annotate,
        });

    private async ValueTask AdmitAsync(RequestContext request, AdmissionRequest attributes)
    {
        await chain.MutateAsync(attributes, request.Aborted);
        await chain.ValidateAsync(attributes, request.Aborted);
    }
}
