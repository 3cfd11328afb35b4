using Xebec.ApiMachinery.Apply;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Endpoints;

/// <summary>The query parameters of a write (meta/v1 CreateOptions, UpdateOptions, PatchOptions), checked.</summary>
internal sealed record WriteOptions
{
    public bool DryRun { get; init; }

    /// <summary>Strict, Warn or Ignore.</summary>
    public string FieldValidation { get; init; } = "Warn";

    /// <summary>Who owns the fields written: the parameter, else the start of the user agent.</summary>
    public required string FieldManager { get; init; }

    /// <summary>The fieldManager parameter itself, null when it was not given.</summary>
    public string? GivenFieldManager { get; init; }

    /// <summary>The fieldValidation parameter itself, null when it was not given.</summary>
    public string? GivenFieldValidation { get; init; }

    /// <summary>Server-side apply takes over fields that others own.</summary>
    public bool Force { get; init; }

    public static WriteOptions Read(RequestContext request)
    {
        var dryRun = request.Query["dryRun"];
        if (dryRun.Count > 0 && dryRun.Any(d => d is not ("All" or "")))
            throw Unsupported("dryRun", dryRun[0]!, "All");
        var validation = request.Parameter("fieldValidation") ?? "Warn";
        if (validation is not ("Strict" or "Warn" or "Ignore"))
            throw Unsupported("fieldValidation", validation, "Ignore", "Strict", "Warn");

        return new WriteOptions
        {
            DryRun = dryRun.Contains("All"),
            FieldValidation = validation,
            FieldManager = ManagerName.Of(request.Parameter("fieldManager"), request.Http.Request.Headers.UserAgent.ToString()),
            GivenFieldManager = request.Parameter("fieldManager"),
            GivenFieldValidation = request.Parameter("fieldValidation"),
            Force = request.Flag("force"),
        };
    }

    /// <summary>The options as admission sees them: meta.k8s.io/v1 CreateOptions or UpdateOptions.</summary>
    public ObjectValue ToTree(string kind)
    {
        var tree = new ObjectValue { { "kind", kind }, { "apiVersion", "meta.k8s.io/v1" } };
        if (DryRun)
            tree["dryRun"] = new ListValue(["All"]);
        if (GivenFieldManager is not null)
            tree["fieldManager"] = GivenFieldManager;
        if (GivenFieldValidation is not null)
            tree["fieldValidation"] = GivenFieldValidation;
        return tree;
    }

    private static ApiException Unsupported(string field, string given, params string[] supported) => ApiErrors.Invalid(
        "meta.k8s.io", "CreateOptions", "", [FieldError.NotSupported(FieldPath.Root(field), given, supported)]);
}
