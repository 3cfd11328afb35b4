using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Validation;

/// <summary>
/// Where a validation walk stands, and what it has found. A path is only made for an error, so that a valid object costs no paths.
/// </summary>
internal sealed class CheckContext(List<FieldError> errors)
{
    private Step[] _steps = new Step[16];
    private int _depth;

    private readonly record struct Step(string? Name, int Index);

    /// <summary>How many errors were found so far.</summary>
    public int ErrorCount => errors.Count;

    /// <summary>The path of the value the walk stands on.</summary>
    public FieldPath Here
    {
        get
        {
            var path = FieldPath.Root(_steps[0].Name ?? "");
            for (var i = 1; i < _depth; i++)
                path = Extend(path, _steps[i]);
            return path;
        }
    }

    public void Enter(string field) => Push(new Step(field, -1));

    public void EnterItem(int index) => Push(new Step(null, index));

    public void EnterKey(string key) => Push(new Step(key, -2));

    /// <summary>Enters a value that paths do not name: its errors are reported as the value's that contains it.</summary>
    public void EnterUnnamed() => Push(new Step(null, -3));

    public void Leave() => _depth--;

    /// <summary>The path of a field of the value the walk stands on.</summary>
    public FieldPath At(string field) => _depth == 0 ? FieldPath.Root(field) : Here.Child(field);

    public void Add(FieldError error) => errors.Add(error);

    /// <summary>A field of the value the walk stands on is malformed.</summary>
    public void Invalid(string field, Value? value, string message) => Add(FieldError.Invalid(At(field), value, message));

    /// <summary>A field of the value the walk stands on is missing.</summary>
    public void Required(string field, string message = "") => Add(FieldError.Required(At(field), message));

    /// <summary>A field of the value the walk stands on must not be set or changed.</summary>
    public void Forbidden(string field, string message) => Add(FieldError.Forbidden(At(field), message));

    /// <summary>A field of the value the walk stands on is none of the supported values.</summary>
    public void NotSupported(string field, Value? value, string[] supported) => Add(FieldError.NotSupported(At(field), value, supported));

    /// <summary>A field of the value the walk stands on repeats another's.</summary>
    public void Duplicate(string field, Value? value) => Add(FieldError.Duplicate(At(field), value));

    /// <summary>The value the walk stands on is malformed.</summary>
    public void InvalidHere(Value? value, string message) => Add(FieldError.Invalid(Here, value, message));

    /// <summary>The value the walk stands on is missing.</summary>
    public void RequiredHere(string message = "") => Add(FieldError.Required(Here, message));

    /// <summary>The value the walk stands on must not be set or changed.</summary>
    public void ForbiddenHere(string message) => Add(FieldError.Forbidden(Here, message));

    /// <summary>Adds an error of a field of the value the walk stands on for each message of a text's rule; none costs no path.</summary>
    public void CheckText(string field, string text, IReadOnlyList<string> messages)
    {
        if (messages.Count > 0)
            AddInvalid(At(field), text, messages);
    }

    /// <summary>Adds an error for each message of a name's or number's rule.</summary>
    public void AddInvalid(FieldPath path, Value? value, IReadOnlyList<string> messages)
    {
        for (var i = 0; i < messages.Count; i++)
            errors.Add(FieldError.Invalid(path, value, messages[i]));
    }

    private static FieldPath Extend(FieldPath path, in Step step) => step switch
    {
        { Index: -3 } => path,
        { Name: null } => path.Index(step.Index),
        { Index: -2 } => path.Key(step.Name),
        _ => path.Child(step.Name),
    };

    private void Push(in Step step)
    {
        if (_depth == _steps.Length)
            Array.Resize(ref _steps, _depth * 2);
        _steps[_depth++] = step;
    }
}
