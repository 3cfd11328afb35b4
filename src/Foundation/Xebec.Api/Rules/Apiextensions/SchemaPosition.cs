namespace Xebec.Api.Rules.Apiextensions;

/// <summary>Where in a definition's schema a schema stands, as far as it changes what may be said there.</summary>
/// <param name="IsRoot">It is the schema of the whole resource.</param>
/// <param name="IsInMetadata">It is of apiVersion, kind or metadata of a resource, or below.</param>
/// <param name="NoDefaults">Why there may be no default, null when there may.</param>
internal sealed record SchemaPosition(bool IsRoot, bool IsInMetadata, string? NoDefaults)
{
    public static SchemaPosition Root { get; } = new(true, false, null);

    /// <summary>The same place, below.</summary>
    public SchemaPosition Below() => this with { IsRoot = false };

    /// <summary>The values of a map.</summary>
    public SchemaPosition Values() =>
        IsInMetadata ? new(false, true, "inside additionalProperties applying to object metadata") : Below();

    /// <summary>A member of an object.</summary>
    public SchemaPosition Property(string name, bool isResource)
    {
        if (!(IsRoot || isResource) || name is not ("apiVersion" or "kind" or "metadata"))
            return Below();
        return new(false, true, IsRoot ? $"in top-level {name}" : NoDefaults);
    }
}
