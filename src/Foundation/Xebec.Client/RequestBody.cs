using System.Buffers;
using System.Text.Json;
using Xebec.Api;
using Xebec.ApiMachinery.Values;

namespace Xebec.Client;

/// <summary>What a request carries.</summary>
internal readonly record struct RequestBody(string MediaType, ReadOnlyMemory<byte> Utf8)
{
    public static RequestBody Json<T>(T value)
        where T : IApiType<T>
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Value.WriterOptions))
            value.Write(writer);
        return new RequestBody("application/json", buffer.WrittenMemory);
    }
}
