using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.Tests.Authentication;

/// <summary>Which user a client certificate's subject names.</summary>
public sealed class CertificateIdentitiesTests : IDisposable
{
    private const string UserId = "1.3.6.1.4.1.57683.2";
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _authority;

    public CertificateIdentitiesTests()
    {
        var request = new CertificateRequest("CN=ca", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        _authority = request.CreateSelfSigned(now.AddHours(-1), now.AddHours(1));
    }

    [Fact]
    public void A_subject_names_user_groups_and_uid()
    {
        var user = Identify(("2.5.4.10", "dev"), ("2.5.4.10", "ops"), ("2.5.4.3", "jane"), (UserId, "u-1"))!;
        Assert.Equal(("jane", "u-1"), (user.Name, user.Uid));
        Assert.Equal(["dev", "ops", "system:authenticated"], user.Groups);
        Assert.StartsWith("X509SHA256=", user.Extra["authentication.kubernetes.io/credential-id"][0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_subject_that_names_nobody_for_certain_is_nobody()
    {
        Assert.Null(Identify(("2.5.4.10", "dev")));
        Assert.Null(Identify(("2.5.4.3", "jane"), (UserId, "")));
    }

    [Fact]
    public void Attributes_that_share_a_set_are_read_too()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSetOf())
        {
            Write(writer, "2.5.4.3", "jane");
            Write(writer, "2.5.4.10", "dev");
        }

        var user = Identify(new X500DistinguishedName(writer.Encode()))!;
        Assert.Equal("jane", user.Name);
        Assert.Equal(["dev", "system:authenticated"], user.Groups);
    }

    public void Dispose()
    {
        _key.Dispose();
        _authority.Dispose();
    }

    private static void Write(AsnWriter writer, string type, string text)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(type);
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, text);
        }
    }

    private UserInfo? Identify(params (string Type, string Text)[] names)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var (type, text) in names)
            {
                using (writer.PushSetOf())
                    Write(writer, type, text);
            }
        }

        return Identify(new X500DistinguishedName(writer.Encode()));
    }

    private UserInfo? Identify(X500DistinguishedName subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], false));
        using var certificate = request.Create(_authority, _authority.NotBefore, _authority.NotAfter, [1, 2, 3, 4]);
        return new CertificateIdentities(_authority, TimeProvider.System).Get(certificate);
    }
}
