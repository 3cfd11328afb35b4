using Xebec.Host.Images;

namespace Xebec.Host.Tests.Images;

public sealed class DockerfileTests
{
    [Fact]
    public void CommentsAndContinuationsAreJoined()
    {
        var file = Dockerfile.Parse("# syntax\nFROM scratch\n\nENV A=1 \\\n  # why\n  B=2\r\ncopy . /app\n");

        Assert.Equal(
            [new(2, "FROM", "scratch"), new(4, "ENV", "A=1 B=2"), new(7, "COPY", ". /app")], file.Instructions);
        Assert.True(file.CanBuildHere);
    }

    [Theory]
    [InlineData("", "the Dockerfile is empty")]
    [InlineData("COPY a b", "line 1: FROM must come before COPY")]
    [InlineData("FROM scratch\nWORKDIR", "line 2: WORKDIR needs an argument")]
    public void MistakesNameTheirLine(string text, string problem) =>
        Assert.Contains(problem, Assert.Throws<HostException>(() => Dockerfile.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("FROM a\nRUN apt-get update")]
    [InlineData("FROM a AS build\nFROM b")]
    [InlineData("FROM a\nHEALTHCHECK NONE")]
    public void RunAndStagesAreLeftToBuildah(string text) => Assert.False(Dockerfile.Parse(text).CanBuildHere);

    [Theory]
    [InlineData("a  b", "a|b")]
    [InlineData("'a b' \"c $X\" d\\ e", "a b|c 1|d e")]
    [InlineData("'$X' ${X}y ${Y:-z}$ $$", "$X|1y|z$|$$")]
    [InlineData("A=\"\" \"\"", "A=|")]
    public void WordsAreSplitAsDockerDoes(string text, string words) =>
        Assert.Equal(words.Split('|'), DockerfileWords.Split(text, name => name == "X" ? "1" : null));

    [Theory]
    [InlineData("""["a", "b c"]""", "a|b c")]
    [InlineData("a b", "/bin/sh|-c|a b")]
    [InlineData("[a", "/bin/sh|-c|[a")]
    [InlineData("[1]", "/bin/sh|-c|[1]")]
    public void CommandsAreJsonOrShell(string text, string command) => Assert.Equal(command.Split('|'), DockerfileWords.Command(text));

    [Theory]
    [InlineData("nginx", "docker.io/library/nginx:latest")]
    [InlineData("me/app:2", "docker.io/me/app:2")]
    [InlineData("localhost/app", "localhost/app:latest")]
    [InlineData("localhost:5000/app:1", "localhost:5000/app:1")]
    [InlineData("registry.example/pause:3.10", "registry.example/pause:3.10")]
    [InlineData("a@sha256:00", "docker.io/library/a@sha256:00")]
    public void NamesAreMadeWhole(string name, string full) => Assert.Equal(full, ImageReference.Normalize(name));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("-x")]
    public void WhatIsNoNameIsRefused(string name) => Assert.Throws<HostException>(() => ImageReference.Normalize(name));
}
