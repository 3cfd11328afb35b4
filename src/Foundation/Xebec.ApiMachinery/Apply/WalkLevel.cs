namespace Xebec.ApiMachinery.Apply;

/// <summary>Where in an object a walk is.</summary>
internal enum WalkLevel
{
    /// <summary>At the object itself.</summary>
    Root,

    /// <summary>At its metadata.</summary>
    Metadata,

    /// <summary>Anywhere else.</summary>
    Inner,
}
