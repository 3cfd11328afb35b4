using Xebec.Cel.Functions;
using Xebec.Cel.Values;

namespace Xebec.Cel.Libraries;

/// <summary>jsonpatch.escapeKey, for the paths of JSONPatch objects (RFC 6901).</summary>
internal static class JsonPatchLibrary
{
    public static void AddTo(FunctionTable table) =>
        table.Function("jsonpatch.escapeKey", "string_jsonpatch_escapeKey_string", CelType.String, CelType.String, v =>
            new CelString(Text.Of(v).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));
}
