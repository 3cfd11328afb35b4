using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Networking;

/// <summary>IngressClasses.</summary>
internal static class IngressClassRules
{
    public static void CheckParameters(ObjectValue parameters, CheckContext context)
    {
        var hasNamespace = !parameters["namespace"].IsZero();
        if (parameters.GetString("scope") == "Namespace" && !hasNamespace)
            context.Required("namespace", "`parameters.scope` is set to 'Namespace'");
        else if (parameters.GetString("scope") == "Cluster" && hasNamespace)
            context.Forbidden("namespace", "`parameters.scope` is set to 'Cluster'");
    }
}
