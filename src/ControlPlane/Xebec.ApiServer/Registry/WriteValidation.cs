using Xebec.Api.Rules;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry.Warnings;

namespace Xebec.ApiServer.Registry;

/// <summary>What is wrong with an object that is to be stored, by its declared rules and its strategy, and what is only warned of.</summary>
internal static class WriteValidation
{
    /// <summary>Checks a new object.</summary>
    /// <exception cref="ApiException">422 with every mistake.</exception>
    public static void Check(WriteRequest request, string name, ObjectValue created)
    {
        var errors = new List<FieldError>();
        var resource = request.Resource;
        KindRules.For(resource.Schema).Validate(created, errors);
        resource.Strategy.Validate(created, errors);
        if (errors.Count > 0)
            throw ApiErrors.Invalid(resource.Info, name, errors);
        Warn(request, created, null);
    }

    /// <summary>Checks a changed object.</summary>
    /// <exception cref="ApiException">422 with every mistake.</exception>
    public static void CheckUpdate(WriteRequest request, ObjectValue updated, ObjectValue stored)
    {
        var errors = new List<FieldError>();
        var resource = request.Resource;
        KindRules.For(resource.Schema).ValidateUpdate(updated, stored, request.Subresource, errors);
        resource.Strategy.ValidateUpdate(updated, stored, errors, request.Warn);
        if (request.Subresource == "status")
            resource.Strategy.ValidateStatusUpdate(updated, stored, errors);
        if (errors.Count > 0)
            throw ApiErrors.Invalid(resource.Info, request.Name, errors);
        Warn(request, updated, stored);
    }

    private static void Warn(WriteRequest request, ObjectValue updated, ObjectValue? stored)
    {
        if (!request.IsHeard)
            return;
        foreach (var warning in request.Resource.Strategy.Warnings(updated, stored))
            request.Warn(warning);
        if (request.Subresource.Length == 0)
            KindWarnings.Report(request, updated, stored);
    }
}
