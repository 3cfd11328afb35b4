using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Admissionregistration;

/// <summary>Bindings of policies: which actions go together, and how parameters are referred to.</summary>
internal sealed class PolicyBindingStrategy : ResourceStrategy
{
    /// <inheritdoc/>
    public override bool AllowUnconditionalUpdate => false;

    private static readonly string[] NotFoundActions = ["Allow", "Deny"];

    /// <inheritdoc/>
    public override void Validate(ObjectValue created, List<FieldError> errors) => Check(created, errors);

    /// <inheritdoc/>
    public override void ValidateUpdate(ObjectValue updated, ObjectValue stored, List<FieldError> errors) => Check(updated, errors);

    private static void Check(ObjectValue binding, List<FieldError> errors)
    {
        var (spec, path) = (binding.GetObject("spec") ?? [], FieldPath.Root("spec"));
        if (spec.GetList("validationActions") is { } actions && Has(actions, "Deny") && Has(actions, "Warn"))
        {
            errors.Add(FieldError.Invalid(
                path.Child("validationActions"), actions,
                "must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)"));
        }

        if (spec.GetObject("paramRef") is { } reference)
            CheckReference(reference, path.Child("paramRef"), errors);
    }

    private static bool Has(ListValue actions, string action) => actions.Any(a => a.AsString() == action);

    private static void CheckReference(ObjectValue reference, FieldPath path, List<FieldError> errors)
    {
        var (hasName, hasSelector) = (reference.GetString("name") is { Length: > 0 }, reference.GetObject("selector") is not null);
        if (hasName && hasSelector)
        {
            errors.Add(FieldError.Forbidden(path.Child("name"), "name and selector are mutually exclusive"));
            errors.Add(FieldError.Forbidden(path.Child("selector"), "name and selector are mutually exclusive"));
        }
        else if (!hasName && !hasSelector)
        {
            errors.Add(FieldError.Required(path, "one of name or selector must be specified"));
        }

        var action = reference.GetString("parameterNotFoundAction") ?? "";
        if (action.Length == 0)
            errors.Add(FieldError.Required(path.Child("parameterNotFoundAction")));
        else if (Array.IndexOf(NotFoundActions, action) < 0)
            errors.Add(FieldError.NotSupported(path.Child("parameterNotFoundAction"), action, NotFoundActions));
    }
}
