using Xebec.ApiMachinery.Apply;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Endpoints;

/// <summary>What a PATCH is of: the kind (a subresource may speak another one than its parent), and what its result must be.</summary>
internal sealed class PatchTarget
{
    /// <summary>The request.</summary>
    public required RequestContext Request { get; init; }

    /// <summary>Its options.</summary>
    public required WriteOptions Options { get; init; }

    /// <summary>The kind's fields.</summary>
    public required StructSchema Schema { get; init; }

    /// <summary>The versions that owners of fields may have written at.</summary>
    public required KindVersions Versions { get; init; }

    private string Kind { get; init; } = "";

    private string ApiVersion { get; init; } = "";

    /// <summary>Unknown and repeated fields are to be refused or warned of.</summary>
    public bool IsValidated => Options.FieldValidation != "Ignore";

    /// <summary>The target of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">Its options.</param>
    /// <param name="kind">The kind a subresource speaks, null when it is the resource's own.</param>
    public static PatchTarget Of(RequestContext request, WriteOptions options, StructSchema? kind)
    {
        var info = request.Resource.Info;
        var spoken = kind is null ? null : info.Subresources.First(s => s.Name == request.Info.Subresource);
        var apiVersion = (spoken?.GroupVersion ?? info.GroupVersion).ToString();
        return new PatchTarget
        {
            Request = request,
            Options = options,
            Schema = kind ?? request.Resource.Schema,
            Versions = kind is null ? request.Resource.OwnedVersions : new KindVersions(kind, apiVersion),
            Kind = spoken?.Kind ?? info.Kind,
            ApiVersion = apiVersion,
        };
    }

    /// <summary>A configuration must be of the kind it is applied to.</summary>
    /// <exception cref="ApiException">400.</exception>
    public void CheckAppliedKind(ObjectValue config)
    {
        var (given, version) = (config.GetString("kind") ?? "", config.GetString("apiVersion"));
        if (given == Kind || version != ApiVersion)
            return;
        throw ApiErrors.BadRequest(given.Length > 0
            ? $"failed to merge config: expected objects of the same type, but got {Kind} and {given}"
            : $"failed to create typed patch object ({AppliedConfig.NameOf(config)}): no corresponding type for {AppliedConfig.KindOf(config)}");
    }

    /// <summary>The result of a patch as the kind's decoder leaves it.</summary>
    /// <param name="patched">The object after the patch.</param>
    /// <param name="strictErrors">What strict validation has against the patch itself.</param>
    /// <param name="patch">The patch, when errors are to show it and not its result (strategic merge).</param>
    /// <exception cref="ApiException">422 when it is no object of the kind, 400 for another name.</exception>
    public ObjectValue Normalize(ObjectValue patched, IReadOnlyList<string> strictErrors, ObjectValue? patch)
    {
        try
        {
            CheckKind(patched, isIgnored: patch is not null);
            var decoded = ObjectDecoder.Normalize(patched, Schema);
            IReadOnlyList<string> all = strictErrors.Count == 0 ? decoded.StrictErrors : [.. strictErrors, .. decoded.StrictErrors];
            ObjectReader.Report(Request, all, Options.FieldValidation, why => Refused(patched, patch, why));
            CheckName(decoded.Object);
            return decoded.Object;
        }
        catch (DecodeException e)
        {
            throw Refused(patched, patch, e.Message);
        }
    }

    // A strategic merge goes into a struct of the kind, whatever the patch calls it; other patches say what is to be decoded.
    private void CheckKind(ObjectValue patched, bool isIgnored)
    {
        var (kind, apiVersion) = (patched.GetString("kind") ?? "", patched.GetString("apiVersion") ?? "");
        if (kind == Kind && apiVersion == ApiVersion)
            return;
        if (!isIgnored)
            throw new DecodeException(ObjectReader.NoConversion(apiVersion, kind, ApiVersion, Kind));
        patched["kind"] = Kind;
        patched["apiVersion"] = ApiVersion;
    }

    /// <summary>The error of a patch whose result is no object of the kind.</summary>
    public static ApiException Refused(ObjectValue patched, ObjectValue? patch, string why)
    {
        var shown = patch is null ? patched.ToString() : GoText.Show(patch);
        return ApiErrors.Invalid("", "", "", [FieldError.Invalid(FieldPath.Root("patch"), shown, why)]);
    }

    private void CheckName(ObjectValue patched)
    {
        var metadata = patched.GetObject("metadata");
        var (name, ns) = (metadata?.GetString("name") ?? "", metadata?.GetString("namespace") ?? "");
        if (Request.Resource.Info.Namespaced && ns.Length > 0 && ns != Request.Info.Namespace)
            throw ApiErrors.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        if (name.Length == 0)
            throw ApiErrors.BadRequest($"the name of the object ({Request.Info.Name} based on URL) was undeterminable: name must be provided");
        if (name != Request.Info.Name)
            throw ApiErrors.BadRequest($"the name of the object ({name}) does not match the name on the URL ({Request.Info.Name})");
    }
}
