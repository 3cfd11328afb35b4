using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry;

/// <summary>How a served version that is not the stored one is turned into it and back.</summary>
/// <param name="ToStorage">From the served version's tree to the stored version's; may reuse its parts.</param>
/// <param name="StorageSchema">The stored version's schema.</param>
/// <param name="FromStorage">From the stored version's tree to the served version's; may reuse its parts.</param>
internal sealed record VersionConversion(
    Func<ObjectValue, ObjectValue> ToStorage, StructSchema StorageSchema, Func<ObjectValue, ObjectValue> FromStorage)
{
    /// <summary>The bytes to store of a tree in the served version.</summary>
    public byte[] Encode(ObjectValue served) => ObjectDecoder.Normalize(ToStorage(served), StorageSchema).Object.ToUtf8();
}
