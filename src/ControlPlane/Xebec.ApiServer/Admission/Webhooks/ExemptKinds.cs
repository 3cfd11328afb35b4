namespace Xebec.ApiServer.Admission.Webhooks;

/// <summary>The kinds that configure admission: no webhook or policy sees them, so that a bad one can always be removed.</summary>
internal static class ExemptKinds
{
    /// <summary>Whether a request is about one of them.</summary>
    public static bool Has(AdmissionRequest request) => request.Resource.GroupVersion.Group == "admissionregistration.k8s.io";
}
