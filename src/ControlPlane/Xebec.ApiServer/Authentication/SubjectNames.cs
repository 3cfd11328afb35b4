using System.Formats.Asn1;

namespace Xebec.ApiServer.Authentication;

/// <summary>The attributes of a distinguished name (RFC 5280, Name), also those that share a set with others. Pure.</summary>
internal static class SubjectNames
{
    public const string CommonName = "2.5.4.3";
    public const string Organization = "2.5.4.10";

    /// <summary>Kubernetes' own: the user's UID.</summary>
    public const string UserId = "1.3.6.1.4.1.57683.2";

    /// <summary>Reads a name's DER; a value that is no text is null. Empty when it is no name.</summary>
    public static IReadOnlyList<(string Type, string? Text)> Read(ReadOnlyMemory<byte> der)
    {
        try
        {
            return Read(new AsnReader(der, AsnEncodingRules.DER));
        }
        catch (AsnContentException)
        {
            return [];
        }
    }

    /// <summary>Reads the name that comes next.</summary>
    /// <exception cref="AsnContentException">It is none.</exception>
    public static IReadOnlyList<(string Type, string? Text)> Read(AsnReader reader)
    {
        var found = new List<(string, string?)>();
        var sets = reader.ReadSequence();
        while (sets.HasData)
        {
            var set = sets.ReadSetOf(skipSortOrderValidation: true);
            while (set.HasData)
            {
                var attribute = set.ReadSequence();
                found.Add((attribute.ReadObjectIdentifier(), Text(attribute)));
            }
        }

        return found;
    }

    private static string? Text(AsnReader attribute)
    {
        var tag = attribute.PeekTag();
        return tag.TagClass == TagClass.Universal && (UniversalTagNumber)tag.TagValue is UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString
            or UniversalTagNumber.IA5String or UniversalTagNumber.T61String or UniversalTagNumber.BMPString or UniversalTagNumber.NumericString
            ? attribute.ReadCharacterString((UniversalTagNumber)tag.TagValue)
            : null;
    }
}
