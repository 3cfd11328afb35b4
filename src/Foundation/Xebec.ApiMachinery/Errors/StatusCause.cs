namespace Xebec.ApiMachinery.Errors;

/// <summary>One cause of a failed request (metav1.StatusCause).</summary>
/// <param name="Reason">One of <see cref="CauseType"/>, empty when unknown.</param>
/// <param name="Message">What is wrong, without the field's name.</param>
/// <param name="Field">The field's path, empty when it is not about a field.</param>
public sealed record StatusCause(string Reason, string Message, string Field = "");
