using System.Text;

namespace Xebec.ApiServer.Tests.Errors;

/// <summary>Damage to requests: bytes changed, removed, repeated; paths, queries and headers bent.</summary>
internal static class FuzzMutation
{
    private static readonly (string Name, string Value)[] Headers =
    [
        ("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"),
        ("Accept", "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io"),
        ("Accept", "application/vnd.kubernetes.protobuf"),
        ("Accept", "application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io"),
        ("Accept", "application/yaml"),
        ("Accept", "application/yaml;as=Table;v=v1beta1;g=meta.k8s.io;q=0.5,*/*;q=nan;pretty=1"),
        ("Accept", "application/cbor, */*;q=0.1"),
        ("Accept", "text/html;q=2;;=,"),
        ("Impersonate-User", "system:serviceaccount:default:x"),
        ("Impersonate-Group", "a\u00e9b"),
        ("Impersonate-Extra-%41%", "x"),
        ("Content-Encoding", "gzip"),
        ("Accept-Encoding", "gzip;q=x"),
        ("Accept-Encoding", "gzip"),
        ("User-Agent", new string('u', 4000)),
        ("Audit-ID", new string('a', 300)),
        ("Authorization", "Bearer a.b.c"),
        ("If-None-Match", "\"x\""),
        ("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io;profile=nopeer, */*"),
        ("Accept", "application/vnd.kubernetes.protobuf;stream=watch"),
        ("Accept", "application/json;pretty=1;q=0.000001"),
        ("Impersonate-Uid", "1"),
        ("Impersonate-Group", "system:masters"),
        ("Accept-Encoding", "gzip"),
        ("Connection", "Upgrade"),
        ("X-Forwarded-For", "10.0.0.1, ::1, x"),
        ("Expect", "x"),
    ];

    /// <summary>A request like the given one, perhaps damaged.</summary>
    public static FuzzRequest Apply(FuzzRequest request, Random random) => request with
    {
        Path = random.Next(4) == 0 ? MutatePath(request.Path, random) : request.Path,
        Body = Mutate(request.Body, random),
    };

    /// <summary>A header to add, or to put in place of the usual one.</summary>
    public static (string Name, string Value) Header(Random random)
    {
        var (name, value) = Headers[random.Next(Headers.Length)];
        // A line break ends a header on the wire and never arrives in one.
        return (name, random.Next(2) == 0 ? value : FuzzExpressions.Mutate(value, random).Replace('\n', ' '));
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var list = bytes.ToList();
        for (var i = random.Next(4); i > 0 && list.Count > 0; i--)
        {
            var at = random.Next(list.Count);
            switch (random.Next(5))
            {
                case 0:
                    list[at] = (byte)random.Next(256);
                    break;
                case 1:
                    list.RemoveRange(at, Math.Min(random.Next(1, 8), list.Count - at));
                    break;
                case 2:
                    list.InsertRange(at, list.GetRange(at, Math.Min(random.Next(1, 40), list.Count - at)));
                    break;
                case 3:
                    list.Insert(at, (byte)"{}[]\",:0-9etfn$\\\0"[random.Next(17)]);
                    break;
                default:
                    list.InsertRange(at, Encoding.UTF8.GetBytes(random.Next(2) == 0 ? "null" : "99999999999999999999"));
                    break;
            }
        }

        return [.. list];
    }

    private static string MutatePath(string path, Random random)
    {
        var at = random.Next(1, path.Length);
        var inserted = "/?&=%20,!()abc019.-"[random.Next(19)];
        return random.Next(2) == 0 ? path.Remove(at, 1) : path.Insert(at, inserted.ToString());
    }
}
