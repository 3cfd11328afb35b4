using System.Text;
using CsCheck;
using Xebec.Store.Sqlite.Reading;

namespace Xebec.Store.Sqlite.Tests.Reading;

public sealed class KeyBoundsTests
{
    private static readonly Gen<string> Text = Gen.String[Gen.Char["ab/\u00FF\uFFFF"], 0, 4];

    [Fact]
    public void A_key_is_inside_exactly_when_it_has_the_prefix_and_follows_the_last_one() =>
        Gen.Select(Text, Text, Text, Gen.Bool).Sample((prefix, key, after, fromStart) =>
        {
            var afterKey = fromStart ? null : after;
            var expected = key.StartsWith(prefix, StringComparison.Ordinal)
                && (afterKey is null || Bytes(key).AsSpan().SequenceCompareTo(Bytes(afterKey)) > 0);
            var inside = Bytes(key).AsSpan().SequenceCompareTo(KeyBounds.Start(prefix, afterKey)) >= 0
                && Bytes(key).AsSpan().SequenceCompareTo(KeyBounds.End(prefix)) < 0;
            return expected == inside;
        });

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
