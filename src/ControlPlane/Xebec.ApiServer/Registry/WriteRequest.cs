using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.Registry;

/// <summary>Who writes what to where, and how: the part of a write that is the same for every verb.</summary>
internal sealed record WriteRequest
{
    public required ServedResource Resource { get; init; }

    public required string Namespace { get; init; }

    /// <summary>The object's name; empty on create.</summary>
    public required string Name { get; init; }

    public string Subresource { get; init; } = "";

    public required UserInfo User { get; init; }

    public required string FieldManager { get; init; }

    public bool DryRun { get; init; }

    /// <summary>Server-side apply has accounted for the ownership of fields already.</summary>
    public bool IsApply { get; init; }

    /// <summary>Shown to the client as Warning headers.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>The store's key.</summary>
    public string Key => Resource.Key(Namespace, Name);
}
