using Microsoft.AspNetCore.Http;
using Xebec.Api;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>Binds a pod to a node: the scheduler's write (pods/binding, and the older bindings resource).</summary>
internal sealed class BindingHandler(ResourceWriter writer, SubresourceAdmission admission, ResourceCatalog catalog, TimeProvider time)
{
    /// <summary>POST of pods/NAME/binding, or of bindings with the pod's name in the body.</summary>
    public async Task BindAsync(RequestContext request)
    {
        var options = WriteOptions.Read(request);
        var binding = await ObjectReader.ReadAsync(request, BuiltIn.Schema["core/v1.Binding"], "v1", "Binding", options.FieldValidation);
        var podName = request.Info.Name.Length > 0 ? request.Info.Name : binding.GetObject("metadata")?.GetString("name") ?? "";
        await admission.CreateAsync(request, options, podName, binding);
        var target = binding.GetObject("target");
        if (target?.GetString("kind") is { Length: > 0 } kind && kind != "Node")
            throw ApiErrors.Invalid("", "Binding", podName, [FieldError.NotSupported(FieldPath.Root("target").Child("kind"), kind, ["Node", "<empty>"])]);
        if (target?.GetString("name") is not { Length: > 0 } nodeName)
            throw ApiErrors.Invalid("", "Binding", podName, [FieldError.Required(FieldPath.Root("target").Child("name"))]);
        var write = WriteHandlers.Request(request, options) with
        {
            Resource = catalog.Find("", "v1", "pods")!, Name = podName, Subresource = "binding", IsAdmitted = true,
        };
        await writer.UpdateAsync(write, pod => Bind(pod, binding, nodeName, podName, request), request.Aborted);
        await Responses.WriteJsonAsync(request.Http, StatusJson.Success(), StatusCodes.Status201Created);
    }

    private ObjectValue Bind(ObjectValue pod, ObjectValue binding, string nodeName, string podName, RequestContext request)
    {
        var spec = pod.GetOrAddObject("spec");
        var metadata = pod.GetOrAddObject("metadata");
        if (binding.GetObject("metadata")?.GetString("uid") is { Length: > 0 } uid && uid != metadata.GetString("uid"))
            throw ApiErrors.Conflict(request.Resource.Info, podName, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {metadata.GetString("uid")}");
        if (ObjectMetadata.IsBeingDeleted(pod))
            throw ApiErrors.Conflict(request.Resource.Info, podName, $"pod {podName} is being deleted, cannot be assigned to a host");
        if (spec.GetString("nodeName") is { Length: > 0 } assigned)
            throw ApiErrors.Conflict(request.Resource.Info, podName, $"pod {podName} is already assigned to node \"{assigned}\"");
        if (spec.GetList("schedulingGates") is { Count: > 0 })
            throw ApiErrors.Conflict(request.Resource.Info, podName, $"pod {podName} has non-empty .spec.schedulingGates");
        spec["nodeName"] = nodeName;
        foreach (var (key, value) in binding.GetObject("metadata")?.GetObject("annotations") ?? [])
            metadata.GetOrAddObject("annotations")[key] = value;
        PodConditions.Set(pod, "PodScheduled", "True", time.GetUtcNow());
        return pod;
    }
}
