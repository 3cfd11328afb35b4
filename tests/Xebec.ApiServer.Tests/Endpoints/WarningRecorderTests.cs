using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Tests.Endpoints;

public sealed class WarningRecorderTests
{
    private readonly HeaderDictionary _headers = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string?[] Warnings => [.. _headers["Warning"]];

    [Fact]
    public void A_text_is_quoted_and_told_once()
    {
        var recorder = new WarningRecorder(_headers);
        recorder.Add("say \"a\\b\"");
        recorder.Add("say \"a\\b\"");
        recorder.Add("");
        Assert.Equal(["299 - \"say \\\"a\\\\b\\\"\""], Warnings);
    }

    [Fact]
    public void A_text_that_no_header_can_hold_is_left_out()
    {
        new WarningRecorder(_headers).Add("two\nlines");
        Assert.Empty(Warnings);
    }

    [Fact]
    public void When_all_together_are_too_long_each_is_cut()
    {
        var recorder = new WarningRecorder(_headers);
        for (var i = 0; i < 30; i++)
            recorder.Add($"{i:00}" + new string('é', 398));
        // The 11th would have made it more than 4096; from then on 256 of each are told, 4096 in all.
        Assert.Equal(16, Warnings.Length);
        Assert.All(Warnings, w => Assert.Equal("299 - \"\"".Length + 256, w!.Length));
    }

    [Fact]
    public async Task Texts_beyond_ascii_reach_a_client()
    {
        await using var server = await HttpsTestServer.StartAsync();
        using var connection = new TcpClient(server.Address.Host, server.Address.Port);
        await using var stream = new SslStream(connection.GetStream());
        await stream.AuthenticateAsClientAsync(server.Tls(), Cancelled);
        const string Definition = """
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"as.example.com"},"spec":{"group":"example.com",
             "scope":"Cluster","names":{"plural":"as","kind":"A"},"versions":[{"name":"v1","served":true,"storage":true,
             "schema":{"openAPIV3Schema":{"type":"object","properties":{"a":{"type":"string","format":"größe"}}}}}]}}
            """;
        var head = "POST /apis/apiextensions.k8s.io/v1/customresourcedefinitions HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(Definition)}\r\n\r\n";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(head + Definition), Cancelled);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadToEndAsync(Cancelled);
        Assert.StartsWith("HTTP/1.1 201 ", answer, StringComparison.Ordinal);
        Assert.Contains("Warning: 299 - \"unrecognized format \\\"größe\\\"\"\r\n", answer, StringComparison.Ordinal);
    }
}
