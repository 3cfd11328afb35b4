namespace Xebec.Client;

/// <summary>Options of create, update and patch.</summary>
public sealed record WriteOptions
{
    /// <summary>Who owns the fields; empty lets the server derive it from the user agent. Required by apply.</summary>
    public string FieldManager { get; init; } = "";

    /// <summary>Ignore, Warn or Strict; empty for the server's default.</summary>
    public string FieldValidation { get; init; } = "";

    /// <summary>Do everything but store it.</summary>
    public bool DryRun { get; init; }

    /// <summary>Apply only: take fields that another manager owns.</summary>
    public bool Force { get; init; }
}
