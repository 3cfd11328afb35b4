using System.Text.Json;

namespace Xebec.Api;

/// <summary>A typed struct of the API, generated from the schema files.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IApiType<TSelf>
    where TSelf : IApiType<TSelf>
{
    /// <summary>Reads the value the reader stands on; unknown fields are skipped.</summary>
    /// <exception cref="JsonException">Malformed JSON.</exception>
    static abstract TSelf Read(ref Utf8JsonReader reader);

    /// <summary>Writes it as JSON.</summary>
    void Write(Utf8JsonWriter writer);

    /// <summary>A copy that shares no mutable part.</summary>
    TSelf DeepClone();
}
