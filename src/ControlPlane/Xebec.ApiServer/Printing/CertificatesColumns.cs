using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Printing;

/// <summary>The columns of certificate signing requests and leases.</summary>
internal static class CertificatesColumns
{
    public static TableColumn[] CertificateSigningRequest { get; } =
    [
        Column.Name,
        Column.Age,
        Column.Text("SignerName", "The signer that is asked.", static o => o.Text("spec", "signerName").Or(CellText.None)),
        Column.Text("Requestor", "Who asks.", static o => o.Text("spec", "username")),
        Column.Text("RequestedDuration", "How long the certificate is to be valid.", RequestedDuration),
        Column.Text("Condition", "What became of the request.", Condition),
    ];

    public static TableColumn[] Lease { get; } =
    [
        Column.Name,
        Column.Text("Holder", "The identity of the holder of the lease.", static o => o.Text("spec", "holderIdentity")),
        Column.Age,
    ];

    private static string RequestedDuration(ObjectValue request) => request.At("spec", "expirationSeconds")?.AsInt64() is { } seconds
        ? HumanDuration.Format(TimeSpan.FromSeconds(seconds))
        : CellText.None;

    private static string Condition(ObjectValue request)
    {
        var approved = request.Condition("Approved") is not null;
        var decision = request.Condition("Denied") is not null ? "Denied" : approved ? "Approved" : "Pending";
        var failed = request.Condition("Failed") is not null ? ",Failed" : "";
        var issued = request.Text("status", "certificate").Length > 0 ? ",Issued" : "";
        return decision + failed + issued;
    }
}
