using System.Buffers;
using System.Text.Json;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission.Matching;
using Xebec.ApiServer.Registry.Authentication;

namespace Xebec.ApiServer.Admission.Webhooks;

/// <summary>Writes the AdmissionReview that asks a webhook (admission.k8s.io/v1; v1beta1 has the same form).</summary>
internal static class AdmissionReviewWriter
{
    /// <summary>The review of a request as UTF-8 JSON.</summary>
    public static ReadOnlyMemory<byte> Write(AdmissionRequest request, WebhookTarget target, string version, string uid)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using var writer = new Utf8JsonWriter(buffer, Value.WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("kind"u8, "AdmissionReview"u8);
        writer.WriteString("apiVersion"u8, $"admission.k8s.io/{version}");
        writer.WriteStartObject("request"u8);
        writer.WriteString("uid"u8, uid);
        WriteWhat(writer, request, target);
        WriteWho(writer, request);
        WriteObjects(writer, request, target);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteWhat(Utf8JsonWriter writer, AdmissionRequest request, WebhookTarget target)
    {
        var asked = request.Kind;
        WriteType(writer, "kind"u8, target.Kind.GroupVersion, "kind"u8, target.Kind.Kind);
        WriteType(writer, "resource"u8, target.Resource.GroupVersion, "resource"u8, target.Resource.Plural);
        WriteText(writer, "subResource"u8, request.Subresource);
        WriteType(writer, "requestKind"u8, asked.GroupVersion, "kind"u8, asked.Kind);
        WriteType(writer, "requestResource"u8, request.Resource.GroupVersion, "resource"u8, request.Resource.Plural);
        WriteText(writer, "requestSubResource"u8, request.Subresource);
    }

    private static void WriteWho(Utf8JsonWriter writer, AdmissionRequest request)
    {
        WriteText(writer, "name"u8, request.Name);
        WriteText(writer, "namespace"u8, MatchContext.NamespaceOf(request));
        writer.WriteString("operation"u8, OperationText.Of(request.Operation));
        writer.WritePropertyName("userInfo"u8);
        UserInfoTree.Of(request.User).WriteTo(writer);
    }

    private static void WriteObjects(Utf8JsonWriter writer, AdmissionRequest request, WebhookTarget target)
    {
        WriteTree(writer, "object"u8, target.Object);
        WriteTree(writer, "oldObject"u8, target.OldObject);
        writer.WriteBoolean("dryRun"u8, request.DryRun);
        WriteTree(writer, "options"u8, request.Options());
    }

    private static void WriteType(
        Utf8JsonWriter writer, ReadOnlySpan<byte> member, GroupVersion groupVersion, ReadOnlySpan<byte> last, string name)
    {
        writer.WriteStartObject(member);
        writer.WriteString("group"u8, groupVersion.Group);
        writer.WriteString("version"u8, groupVersion.Version);
        writer.WriteString(last, name);
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> member, string text)
    {
        if (text.Length > 0)
            writer.WriteString(member, text);
    }

    private static void WriteTree(Utf8JsonWriter writer, ReadOnlySpan<byte> member, ObjectValue? tree)
    {
        writer.WritePropertyName(member);
        if (tree is null)
            writer.WriteNullValue();
        else
            tree.WriteTo(writer);
    }
}
