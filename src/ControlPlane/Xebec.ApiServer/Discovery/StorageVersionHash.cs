using System.Security.Cryptography;
using System.Text;
using Xebec.ApiMachinery.Resources;

namespace Xebec.ApiServer.Discovery;

/// <summary>The hash by which clients notice that the stored version of a resource has changed.</summary>
internal static class StorageVersionHash
{
    /// <summary>Eight bytes of SHA-256 over group, version and kind as stored, in base64.</summary>
    public static string Of(GroupVersion stored, string kind) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{stored.Group}/{stored.Version}/{kind}")).AsSpan(0, 8));
}
