namespace Xebec.Cel;

/// <summary>A variable that expressions may name.</summary>
/// <param name="Name">Its name, an identifier.</param>
/// <param name="Type">Its type.</param>
public sealed record CelVariable(string Name, CelType Type);
