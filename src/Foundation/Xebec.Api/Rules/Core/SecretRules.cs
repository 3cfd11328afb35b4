using System.Text;
using System.Text.Json;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Secrets: stringData is a way of writing data and is never stored; the platform's own types need certain keys.</summary>
internal static class SecretRules
{
    private const string AccountAnnotation = "kubernetes.io/service-account.name";

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

    public static void Check(ObjectValue secret, CheckContext context)
    {
        var data = secret.GetObject("data") ?? [];
        if (DataSize.OfBase64(data) > DataSize.MaximumBytes)
            context.Add(FieldError.TooLong(context.At("data"), DataSize.MaximumBytes));
        switch (secret.GetString("type"))
        {
            case "kubernetes.io/service-account-token":
                CheckAccount(secret, context);
                break;
            case "kubernetes.io/dockercfg":
                CheckJson(data, ".dockercfg", context);
                break;
            case "kubernetes.io/dockerconfigjson":
                CheckJson(data, ".dockerconfigjson", context);
                break;
            case "kubernetes.io/basic-auth" when !data.ContainsKey("username") && !data.ContainsKey("password"):
                Require(data, context, "username", "password");
                break;
            case "kubernetes.io/ssh-auth" when data["ssh-privatekey"].IsZero():
                context.Add(FieldError.Required(context.At("data").Key("ssh-privatekey")));
                break;
            case "kubernetes.io/tls":
                Require(data, context, "tls.crt", "tls.key");
                break;
        }
    }

    public static void CheckUpdate(ObjectValue updated, ObjectValue stored, string subresource, CheckContext context) =>
        ConfigMapRules.CheckImmutable(updated, stored, context, "data");

    private static void CheckAccount(ObjectValue secret, CheckContext context)
    {
        var annotations = secret.GetObject("metadata")?.GetObject("annotations");
        if (annotations?[AccountAnnotation].IsZero() != false)
            context.Add(FieldError.Required(context.At("metadata").Child("annotations").Key(AccountAnnotation)));
    }

    private static void Require(ObjectValue data, CheckContext context, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (!data.ContainsKey(key))
                context.Add(FieldError.Required(context.At("data").Key(key)));
        }
    }

    private static void CheckJson(ObjectValue data, string key, CheckContext context)
    {
        Require(data, context, key);
        if (data.GetString(key) is not { } text)
            return;
        try
        {
            Value.Parse(Convert.FromBase64String(text));
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            context.Add(FieldError.Invalid(context.At("data").Key(key), "<secret contents redacted>", e.Message));
        }
    }
}
