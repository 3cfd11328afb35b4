using System.Net;

namespace Xebec.ApiServer.Tests.CustomResources;

public sealed class RestartTests
{
    [Fact]
    public async Task Custom_resources_are_served_straight_after_a_restart()
    {
        var path = Path.Combine(Path.GetTempPath(), $"xebec-crd-{Guid.NewGuid():N}.db");
        try
        {
            await using (var before = await TestServer.StartAsync(storePath: path))
            {
                await CronTabs.DefineAsync(before, CronTabs.Definition("""{"type":"object","properties":{"a":{"type":"integer"}}}"""));
                await before.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("one", """ "spec":{"a":1} """));
            }

            await using var after = await TestServer.StartAsync(storePath: path);
            var (code, item) = await after.SendAsync(HttpMethod.Get, CronTabs.Path + "/one");
            Assert.Equal(HttpStatusCode.OK, code);
            Assert.Equal("""{"a":1}""", item["spec"]!.ToString());
        }
        finally
        {
            foreach (var file in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(path) + "*"))
                File.Delete(file);
        }
    }
}
