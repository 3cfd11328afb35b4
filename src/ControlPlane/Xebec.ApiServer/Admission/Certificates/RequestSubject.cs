using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;
using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.Admission.Certificates;

/// <summary>Whom a certificate request (PKCS #10 in PEM, as base64) is for. Pure.</summary>
internal static class RequestSubject
{
    /// <summary>Its common name; null when the request can't be read.</summary>
    public static string? CommonName(string encoded)
    {
        try
        {
            var pem = Encoding.ASCII.GetString(Convert.FromBase64String(encoded));
            var block = PemEncoding.Find(pem);
            if (pem[block.Label] != "CERTIFICATE REQUEST")
                return null;
            var request = new AsnReader(Convert.FromBase64String(pem[block.Base64Data]), AsnEncodingRules.DER).ReadSequence().ReadSequence();
            request.ReadInteger();
            return SubjectNames.Read(request).LastOrDefault(n => n.Type == SubjectNames.CommonName).Text ?? "";
        }
        catch (Exception e) when (e is FormatException or ArgumentException or AsnContentException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether a text is in any part of it, in whatever form a subject can have it: by the bytes, because a subject can be written in more
    /// ways, and keys be of more kinds, than one reader knows.
    /// </summary>
    public static bool Mentions(string encoded, string text)
    {
        try
        {
            var pem = Encoding.ASCII.GetString(Convert.FromBase64String(encoded));
            var universal = new UTF32Encoding(bigEndian: true, byteOrderMark: false);
            byte[][] forms = [Encoding.UTF8.GetBytes(text), Encoding.BigEndianUnicode.GetBytes(text), universal.GetBytes(text)];
            for (var rest = pem.AsSpan(); PemEncoding.TryFind(rest, out var block); rest = rest[block.Location.End..])
            {
                var der = Convert.FromBase64String(rest[block.Base64Data].ToString());
                if (Array.Exists(forms, form => der.AsSpan().IndexOf(form) >= 0))
                    return true;
            }

            return false;
        }
        catch (FormatException)
        {
            // What is no PEM is refused by validation.
            return false;
        }
    }
}
