namespace Xebec.ApiMachinery.Schema;

/// <summary>How server-side apply owns a list (x-kubernetes-list-type).</summary>
public enum ListType
{
    /// <summary>As a whole.</summary>
    Atomic,

    /// <summary>Each scalar item.</summary>
    Set,

    /// <summary>Each item by its keys.</summary>
    Map,
}
