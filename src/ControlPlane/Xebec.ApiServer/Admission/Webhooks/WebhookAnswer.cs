using System.Text.Json;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Webhooks;

namespace Xebec.ApiServer.Admission.Webhooks;

/// <summary>What a webhook answered, checked as upstream checks it.</summary>
internal sealed class WebhookAnswer
{
    private readonly ObjectValue _response;

    private WebhookAnswer(ObjectValue response) => _response = response;

    /// <summary>It admits.</summary>
    public bool Allowed => _response["allowed"]?.AsBool() == true;

    /// <summary>How to change the object, as base64 JSON; empty when it is not to be changed.</summary>
    public string Patch => _response.GetString("patch") ?? "";

    /// <summary>JSONPatch, or what else it says; empty when it says nothing.</summary>
    public string PatchType => _response.GetString("patchType") ?? "";

    /// <summary>Warnings for the client.</summary>
    public IEnumerable<string> Warnings => (_response.GetList("warnings") ?? []).Select(w => w.AsString() ?? "");

    /// <summary>Notes for the audit log.</summary>
    public IEnumerable<KeyValuePair<string, string>> AuditAnnotations =>
        (_response.GetObject("auditAnnotations") ?? []).Select(a => KeyValuePair.Create(a.Key, a.Value.AsString() ?? ""));

    /// <summary>Reads an answer.</summary>
    /// <exception cref="WebhookCallException">It is none.</exception>
    public static WebhookAnswer Read(byte[] body, string uid, string version, bool mutates)
    {
        var review = Parse(body);
        var response = review.GetObject("response") ?? throw new WebhookCallException("webhook response was absent");
        var answer = new WebhookAnswer(response);
        if (version != "v1")
            return answer;
        if (response.GetString("uid") is var given && given != uid)
            throw new WebhookCallException($"expected response.uid={GoText.Quote(uid)}, got {GoText.Quote(given ?? "")}");
        var (apiVersion, kind) = (review.GetString("apiVersion") ?? "", review.GetString("kind") ?? "");
        if (apiVersion != "admission.k8s.io/v1" || kind != "AdmissionReview")
            throw new WebhookCallException($"expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got {apiVersion}, Kind={kind}");
        answer.CheckPatch(mutates);
        return answer;
    }

    /// <summary>The refusal, worded as upstream does.</summary>
    public ApiException Denial(string webhook)
    {
        var status = _response.GetObject("status") ?? [];
        var (message, reason) = (status.GetString("message") ?? "", status.GetString("reason") ?? "");
        var denied = $"admission webhook {GoText.Quote(webhook)} denied the request";
        var explained = message.Length > 0 ? $"{denied}: {message}" : reason.Length > 0 ? $"{denied}: {reason}" : $"{denied} without explanation";
        var details = status.GetObject("details") is not null ? StatusJson.Read(new ObjectValue
        {
            { "kind", "Status" }, { "details", status["details"]! },
        })?.Details : null;
        return new ApiException((int)Math.Max(status["code"]?.AsInt64() ?? 0, 400), reason, explained, details);
    }

    private static ObjectValue Parse(byte[] body)
    {
        try
        {
            return Value.Parse(body) as ObjectValue ?? throw new WebhookCallException("failed to call webhook: the response is no JSON object");
        }
        catch (JsonException)
        {
            throw new WebhookCallException("failed to call webhook: couldn't get version/kind; json parse error: the response is not JSON");
        }
    }

    private void CheckPatch(bool mutates)
    {
        var (hasPatch, hasType) = (Patch.Length > 0, _response["patchType"] is StringValue);
        if (!mutates && (hasPatch || hasType))
            throw new WebhookCallException($"validating webhook may not return response.{(hasPatch ? "patch" : "patchType")}");
        if (hasPatch && !hasType)
            throw new WebhookCallException("webhook returned response.patch but not response.patchType");
        if (!hasPatch && hasType)
            throw new WebhookCallException("webhook returned response.patchType but not response.patch");
        if (hasPatch && PatchType != "JSONPatch")
            throw new WebhookCallException($"webhook returned invalid response.patchType of {GoText.Quote(PatchType)}");
    }
}
