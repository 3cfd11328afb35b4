using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>What must hold of a Service's addresses and families before one of them is handed out.</summary>
public static class ServiceAddresses
{
    /// <summary>Where addresses, families and each other do not fit in the spec of a Service that has addresses.</summary>
    public static IReadOnlyList<FieldError> Problems(ObjectValue spec)
    {
        List<FieldError> found = [];
        var context = new CheckContext(found);
        context.Enter("spec");
        ServiceAddressRules.Check(spec, ServiceRules.IsHeadless(spec), context);
        return found;
    }
}
