using Xebec.Api.Meta.V1;

namespace Xebec.Client;

/// <summary>One event of a watch.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Object">The object; null only for an error.</param>
/// <param name="Error">The Status of an error, else null.</param>
public readonly record struct WatchEvent<T>(WatchEventType Type, T? Object, Status? Error)
    where T : class;
