using System.Text;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Tests.WatchCache;

public sealed class ResourceVersionSpliceTests
{
    public static TheoryData<string> Stored =>
    [
        """{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a","uid":"u-1","labels":{"uid":"x"}},"data":{"a":"b"}}""",
        """{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a"},"data":{"resourceVersion":"7"}}""",
        """{"metadata":{"uid":"u-1"}}""",
    ];

    [Theory]
    [MemberData(nameof(Stored))]
    public void Only_the_bytes_that_inserting_would_give_count_as_inserted(string text)
    {
        var stored = Encoding.UTF8.GetBytes(text);
        foreach (var revision in (long[])[1, 10, 99, long.MaxValue])
        {
            var json = ResourceVersionSplice.Insert(stored, revision);
            Assert.True(ResourceVersionSplice.IsInserted(stored, revision, json));
            Assert.False(ResourceVersionSplice.IsInserted(stored, revision - 1, json));
            Assert.False(ResourceVersionSplice.IsInserted(stored, revision, stored));
            for (var i = 0; i < json.Length; i++)
            {
                json[i] ^= 1;
                Assert.False(ResourceVersionSplice.IsInserted(stored, revision, json));
                json[i] ^= 1;
            }
        }
    }
}
