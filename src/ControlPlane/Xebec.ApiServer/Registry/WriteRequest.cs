using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;

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

    /// <summary>What the client gave as query parameters, for admission; null for writes of the server itself.</summary>
    public WriteOptions? Options { get; init; }

    /// <summary>How admission sees a subresource of another kind; null when it sees the object itself.</summary>
    public SubresourceView? View { get; init; }

    /// <summary>Admission has seen the write in another form (a Binding, an Eviction) and is not asked again.</summary>
    public bool IsAdmitted { get; init; }

    /// <summary>Shown to the client as Warning headers.</summary>
    public Action<string> Warn { get; init; } = Unheard;

    /// <summary>Whether somebody reads warnings; the server itself does not.</summary>
    public bool IsHeard => Warn != Unheard;

    /// <summary>Notes something for the audit log.</summary>
    public Action<string, string> Annotate { get; init; } = static (_, _) => { };

    /// <summary>The store's key.</summary>
    public string Key => Resource.Key(Namespace, Name);

    private static void Unheard(string warning)
    {
    }
}
