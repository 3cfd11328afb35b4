using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Patches;

/// <summary>JSON patch (RFC 6902). A patch that cannot be applied is answered as upstream does: 422 without the operation's name.</summary>
public static class JsonPatch
{
    /// <summary>More operations in one patch are refused.</summary>
    public const int MaximumOperations = 10_000;

    // What all copy operations of one patch may add; stops a patch that doubles itself again and again.
    private const int MaximumCopiedBytes = 3 * 1024 * 1024;

    /// <summary>
    /// Applies the operations in order and returns the new document. The given one is changed in place and of no use after an error.
    /// </summary>
    /// <exception cref="ApiException">400: not a patch; 413: too many operations; 422: an operation failed.</exception>
    public static Value Apply(Value document, Value patch)
    {
        if (patch is not ListValue operations)
            throw ApiErrors.BadRequest("error decoding patch: json: cannot unmarshal the patch into a list of operations");
        if (operations.Count > MaximumOperations)
            throw TooMany(operations.Count);
        var copiedBytes = 0;
        foreach (var operation in operations)
        {
            document = operation is ObjectValue members
                ? ApplyOne(document, members, ref copiedBytes)
                : throw ApiErrors.BadRequest("error decoding patch: json: an operation must be an object");
        }

        return document;
    }

    /// <summary>What strict validation has against the operations: members that none has.</summary>
    public static IEnumerable<string> UnknownMembers(ListValue operations)
    {
        for (var i = 0; i < operations.Count; i++)
        {
            foreach (var (name, _) in operations[i] as ObjectValue ?? [])
            {
                if (name is not ("op" or "path" or "from" or "value"))
                    yield return $"unknown field \"[{i}].{name}\"";
            }
        }
    }

    private static Value ApplyOne(Value document, ObjectValue operation, ref int copiedBytes)
    {
        var path = Pointer(operation, "path");
        switch (operation.GetString("op"))
        {
            case "add":
                return path.Add(document, NewValue(operation));
            case "remove":
                return path.Remove(document, out _);
            case "replace":
                return path.Replace(document, NewValue(operation));
            case "move":
                document = Pointer(operation, "from").Remove(document, out var moved);
                return path.Add(document, moved);
            case "copy":
                return path.Add(document, Copy(document, operation, ref copiedBytes));
            case "test":
                return Test(document, path, operation["value"]);
            default:
                throw ApiErrors.UnprocessablePatch();
        }
    }

    private static ApiException TooMany(int count) =>
        ApiErrors.RequestEntityTooLarge($"The allowed maximum operations in a JSON patch is {MaximumOperations}, got {count}");

    private static Value NewValue(ObjectValue operation) =>
        operation["value"]?.DeepClone() ?? throw ApiErrors.UnprocessablePatch();

    private static JsonPointer Pointer(ObjectValue operation, string member) =>
        JsonPointer.Parse(operation.GetString(member) ?? throw ApiErrors.UnprocessablePatch());

    private static Value Copy(Value document, ObjectValue operation, ref int copiedBytes)
    {
        var source = Pointer(operation, "from").Find(document) ?? throw ApiErrors.UnprocessablePatch();
        copiedBytes += source.ToUtf8().Length;
        return copiedBytes <= MaximumCopiedBytes ? source.DeepClone() : throw ApiErrors.UnprocessablePatch();
    }

    // A member that is absent passes a test for null.
    private static Value Test(Value document, JsonPointer path, Value? expected)
    {
        var actual = path.Find(document);
        var passes = actual is null ? expected is null or NullValue : actual.DeepEquals(expected ?? Value.Null);
        return passes ? document : throw ApiErrors.UnprocessablePatch();
    }
}
