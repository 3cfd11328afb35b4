using System.Text;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Secrets: stringData is a way of writing data and is never stored.</summary>
internal static class SecretRules
{
    public static void Default(ObjectValue secret)
    {
        if (secret["stringData"] is null)
            return;
        if (secret.GetObject("stringData") is { Count: > 0 } texts)
        {
            var data = secret.GetOrAddObject("data");
            foreach (var (key, value) in texts)
                data[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(value.AsString() ?? ""));
        }

        secret.Remove("stringData");
    }
}
