using System.Collections.Concurrent;
using Xebec.Cel.Libraries;

namespace Xebec.Cel.Functions;

/// <summary>The functions that expressions have in a Kubernetes version: every library, with the minor version that brought it.</summary>
internal static class KubernetesFunctions
{
    private static readonly (int Since, Action<FunctionTable> Add)[] Libraries =
    [
        (0, OperatorLibrary.AddTo),
        (0, ConversionLibrary.AddTo),
        (0, TimeLibrary.AddTo),
        (0, RegexLibrary.AddTo),
        (0, StringLibrary.AddTo),
        (0, ListLibrary.AddTo),
        (27, AuthorizerLibrary.AddTo),
        (28, OptionalLibrary.AddTo),
        (29, SetLibrary.AddTo),
    ];

    private static readonly ConcurrentDictionary<int, FunctionTable> Tables = new();

    public static FunctionTable For(int minorVersion) => Tables.GetOrAdd(minorVersion, static version =>
    {
        var table = new FunctionTable();
        foreach (var (since, add) in Libraries)
        {
            if (version >= since)
                add(table);
        }

        return table;
    });
}
