using System.Text;
using Xebec.Api.Core.V1;
using Xebec.Kubelet.Images;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Tests.Images;

public sealed class ImageTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("nginx", "nginx:latest", PullPolicy.Always, "docker.io")]
    [InlineData("nginx:1.14.2", "nginx:1.14.2", PullPolicy.IfNotPresent, "docker.io")]
    [InlineData("localhost:5000/a/b", "localhost:5000/a/b:latest", PullPolicy.Always, "localhost:5000")]
    [InlineData("reg.example/a@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "reg.example/a@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", PullPolicy.IfNotPresent, "reg.example")]
    public void ReadsImageNames(string image, string tagged, string policy, string registry)
    {
        Assert.True(ImageReference.IsValid(image));
        Assert.Equal((tagged, policy, registry), (
            ImageReference.WithTag(image), ImageReference.DefaultPullPolicy(image), ImageReference.Registry(image)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Nginx")]
    [InlineData("a b")]
    [InlineData("a:b:c")]
    [InlineData("-a")]
    public void RefusesNamesThatAreNone(string image) => Assert.False(ImageReference.IsValid(image));

    [Fact]
    public void FindsTheCredentialsOfARegistry()
    {
        var auth = Convert.ToBase64String(Encoding.UTF8.GetBytes("me:secret"));
        var json = "{\"auths\":{\"reg.example\":{\"auth\":\"" + auth + "\"},\"other\":{\"username\":\"x\"}}}";
        var secret = new Secret { Data = { [".dockerconfigjson"] = Encoding.UTF8.GetBytes(json) } };
        var found = Assert.Single(RegistryCredentials.For("reg.example/a:1", [secret]));
        Assert.Equal(("me", "secret"), (found.Username, found.Password));
        Assert.Empty(RegistryCredentials.For("nginx", [secret]));
    }

    [Fact]
    public void CollectsTheLongestUnusedImagesFirst()
    {
        Image[] images = [New("used"), New("old"), New("older"), New("pinned") with { Pinned = true }, New("fresh")];
        var lastUsed = new Dictionary<string, DateTimeOffset>
        {
            ["used"] = Now, ["old"] = Now.AddHours(-1), ["older"] = Now.AddHours(-2), ["pinned"] = Now.AddHours(-3), ["fresh"] = Now,
        };
        var chosen = ImageGarbage.Select(images, new HashSet<string> { "used" }, lastUsed, Now, bytesToFree: 15);
        Assert.Equal(["older", "old"], chosen.Select(i => i.Id));
        Assert.Equal(
            ["older"], ImageGarbage.Select(images, new HashSet<string> { "used" }, lastUsed, Now, bytesToFree: 5).Select(i => i.Id));
    }

    private static Image New(string id) => new(id) { SizeBytes = 10 };
}
