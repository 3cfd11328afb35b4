namespace Xebec.ApiServer.Admission.Matching;

/// <summary>The operations as rules and AdmissionReviews spell them.</summary>
internal static class OperationText
{
    /// <summary>For example CREATE.</summary>
    public static string Of(AdmissionOperation operation) => operation switch
    {
        AdmissionOperation.Create => "CREATE",
        AdmissionOperation.Update => "UPDATE",
        AdmissionOperation.Delete => "DELETE",
        _ => "CONNECT",
    };
}
