using Xebec.ApiMachinery.Resources;

namespace Xebec.ApiMachinery.Errors;

/// <summary>What a failed (or a successful delete) request was about (metav1.StatusDetails). Empty members are left out.</summary>
public sealed record StatusDetails
{
    /// <summary>The object's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The API group.</summary>
    public string Group { get; init; } = "";

    /// <summary>The plural of the resource; for invalid objects the kind.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The object's uid.</summary>
    public string Uid { get; init; } = "";

    /// <summary>Every cause.</summary>
    public IReadOnlyList<StatusCause> Causes { get; init; } = [];

    /// <summary>When to try again; 0 when it says nothing of that.</summary>
    public int RetryAfterSeconds { get; init; }

    /// <summary>The details of one object of a resource.</summary>
    public static StatusDetails Of(ResourceInfo resource, string name) =>
        new() { Name = name, Group = resource.GroupVersion.Group, Kind = resource.Plural };
}
