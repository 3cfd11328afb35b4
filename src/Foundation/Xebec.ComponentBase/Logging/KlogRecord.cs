using Microsoft.Extensions.Logging;

namespace Xebec.ComponentBase.Logging;

internal readonly record struct KlogRecord(
    DateTimeOffset Time,
    LogLevel Level,
    string Category,
    string Message,
    IReadOnlyList<KeyValuePair<string, object?>> Values,
    Exception? Exception);
