using Xebec.ApiMachinery.Apply;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Endpoints;

/// <summary>The query parameters of a write (meta/v1 CreateOptions, UpdateOptions, PatchOptions), checked.</summary>
internal sealed record WriteOptions
{
    /// <summary>The one value of dryRun.</summary>
    public const string DryRunAll = "All";

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
        var given = request.Parameter("fieldManager");
        var dryRun = request.Query["dryRun"];
        var options = new WriteOptions
        {
            DryRun = dryRun.Contains(DryRunAll),
            FieldValidation = request.Parameter("fieldValidation") ?? "Warn",
            FieldManager = ManagerName.Of(given, request.Http.Request.Headers.UserAgent.ToString()),
            GivenFieldManager = given,
            GivenFieldValidation = request.Parameter("fieldValidation"),
            Force = request.Flag("force"),
        };
        var errors = new List<FieldError>();
        options.Check(request, errors);
        if (dryRun.Count > 0)
            CheckDryRun(dryRun.Select(d => d ?? ""), errors);
        if (options.FieldValidation is not ("Strict" or "Warn" or "Ignore"))
            errors.Add(FieldError.NotSupported(FieldPath.Root("fieldValidation"), options.FieldValidation, ["", "Ignore", "Strict", "Warn"]));
        return errors.Count == 0 ? options : throw ApiErrors.Invalid("meta.k8s.io", KindOf(request.Info.Verb), "", errors);
    }

    private void Check(RequestContext request, List<FieldError> errors)
    {
        var isPatch = request.Info.Verb == "patch";
        var isApply = isPatch && ObjectReader.MediaTypeOf(request) == PatchMediaTypes.Apply;
        if (isPatch && !isApply && request.Query.ContainsKey("force"))
            errors.Add(FieldError.Forbidden(FieldPath.Root("force"), "may not be specified for non-apply patch"));
        ManagerName.Check(GivenFieldManager, isApply, errors);
    }

    /// <summary>Refuses values of dryRun that ask for a part of it only.</summary>
    public static void CheckDryRun(IEnumerable<string> given, List<FieldError> errors)
    {
        var values = new ListValue(given.Where(d => d.Length > 0).Select(d => (Value)new StringValue(d)));
        if (values.Any(d => d.AsString() != DryRunAll))
            errors.Add(FieldError.NotSupported(FieldPath.Root("dryRun"), values, [DryRunAll]));
    }

    private static string KindOf(string verb) => verb switch { "update" => "UpdateOptions", "patch" => "PatchOptions", _ => "CreateOptions" };

    /// <summary>The options as admission sees them: meta.k8s.io/v1 CreateOptions or UpdateOptions.</summary>
    public ObjectValue ToTree(string kind)
    {
        var tree = new ObjectValue { { "kind", kind }, { "apiVersion", "meta.k8s.io/v1" } };
        if (DryRun)
            tree["dryRun"] = new ListValue([DryRunAll]);
        if (GivenFieldManager is not null)
            tree["fieldManager"] = GivenFieldManager;
        if (GivenFieldValidation is not null)
            tree["fieldValidation"] = GivenFieldValidation;
        return tree;
    }
}
