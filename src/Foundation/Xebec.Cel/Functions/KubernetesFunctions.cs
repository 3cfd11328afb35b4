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
        (0, UrlLibrary.AddTo),
        (27, AuthorizerLibrary.AddTo),
        (28, OptionalLibrary.AddTo),
        (28, QuantityLibrary.AddTo),
        (29, SetLibrary.AddTo),
        (30, AddressLibrary.AddTo),
        (31, FormatLibrary.AddTo),
        (33, SemverLibrary.AddTo),
        (34, ListExtension.AddTo),
    ];

    private static readonly ConcurrentDictionary<(int MinorVersion, bool ForMutations), FunctionTable> Tables = new();

    public static FunctionTable For(int minorVersion, bool forMutations) => Tables.GetOrAdd((minorVersion, forMutations), static key =>
    {
        var table = new FunctionTable();
        foreach (var (since, add) in Libraries)
        {
            if (key.MinorVersion >= since)
                add(table);
        }

        if (key.ForMutations)
            JsonPatchLibrary.AddTo(table);
        return table;
    });
}
