using System.Security.Cryptography;
using Xebec.ApiServer.Encryption;

namespace Xebec.ApiServer.Tests.Encryption;

/// <summary>The provider secretbox against the published vectors of NaCl's implementations and of RFC 8439.</summary>
public sealed class SecretBoxTests
{
    [Fact]
    public void A_box_is_the_one_that_other_implementations_make()
    {
        var key = new SecretBoxKey("k", [.. Enumerable.Repeat((byte)1, 32)]);
        byte[] nonce = [.. Enumerable.Repeat((byte)2, 24)];
        byte[] message = [.. Enumerable.Repeat((byte)3, 64)];
        var box = new byte[16 + message.Length];
        key.Seal(nonce, message, box);
        Assert.Equal(
            "8442bc313f4626f1359e3b50122b6ce6fe66ddfe7d39d14e637eb4fd5b45beadab55198df6ab5368439792a23c87db70acb6156dc5ef957ac04f6276cf6093b84be77ff0849cc33e34b7254d5a8f65ad",
            Convert.ToHexStringLower(box));
        Assert.Equal(message, key.Open(nonce, box));
        box[20] ^= 1;
        Assert.Null(key.Open(nonce, box));
    }

    [Theory]
    [InlineData(
        "85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b", "Cryptographic Forum Research Group", "a8061dc1305136c6c22b8baf0c0127a9")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", "", "00000000000000000000000000000000")]
    public void A_tag_is_that_of_the_standard(string key, string message, string tag)
    {
        var made = new byte[16];
        Poly1305.Tag(Convert.FromHexString(key), System.Text.Encoding.ASCII.GetBytes(message), made);
        Assert.Equal(tag, Convert.ToHexStringLower(made));
    }

    // RFC 8439, A.3, 7 to 11: the sums that carry all the way, and those that end just below and above the modulus.
    [Theory]
    [InlineData("02", "ffffffffffffffffffffffffffffffff", "03000000000000000000000000000000")]
    [InlineData("01", "fffffffffffffffffffffffffffffffff0ffffffffffffffffffffffffffffff11000000000000000000000000000000", "05000000000000000000000000000000")]
    [InlineData("01", "fffffffffffffffffffffffffffffffffbfefefefefefefefefefefefefefefe01010101010101010101010101010101", "00000000000000000000000000000000")]
    [InlineData("02", "fdffffffffffffffffffffffffffffff", "faffffffffffffffffffffffffffffff")]
    public void Sums_are_reduced_at_the_edges(string r, string message, string tag)
    {
        var made = new byte[16];
        Poly1305.Tag(Convert.FromHexString(r.PadRight(64, '0')), Convert.FromHexString(message), made);
        Assert.Equal(tag, Convert.ToHexStringLower(made));
    }

    [Fact]
    public void Values_of_every_length_come_back_and_changed_ones_do_not()
    {
        var key = new SecretBoxKey("k", RandomNumberGenerator.GetBytes(32));
        foreach (var length in new[] { 0, 1, 15, 16, 31, 32, 33, 63, 64, 65, 1000 })
        {
            var value = RandomNumberGenerator.GetBytes(length);
            var stored = key.Encrypt(value, "/registry/secrets/a/s").ToArray();
            Assert.Equal(value, key.Decrypt(stored, "/registry/secrets/a/s").ToArray());
            stored[^1] ^= 1;
            Assert.Throws<CryptographicException>(() => key.Decrypt(stored, "/registry/secrets/a/s"));
        }
    }
}
