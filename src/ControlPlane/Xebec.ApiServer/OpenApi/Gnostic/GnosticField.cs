namespace Xebec.ApiServer.OpenApi.Gnostic;

/// <summary>A field of a gnostic message.</summary>
/// <param name="Name">The name in JSON.</param>
/// <param name="Number">The number on the wire.</param>
/// <param name="Write">How the value is written.</param>
internal readonly record struct GnosticField(string Name, int Number, GnosticWrite Write);
