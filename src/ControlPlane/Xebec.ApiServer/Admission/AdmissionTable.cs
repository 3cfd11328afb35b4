namespace Xebec.ApiServer.Admission;

/// <summary>The admission plugins of a server, in upstream's order.</summary>
internal static class AdmissionTable
{
    /// <summary>The plugins.</summary>
    public static IReadOnlyList<IAdmissionPlugin> Create() => [];
}
