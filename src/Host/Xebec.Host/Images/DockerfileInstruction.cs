namespace Xebec.Host.Images;

/// <summary>One instruction of a Dockerfile.</summary>
/// <param name="LineNumber">First line, from 1.</param>
/// <param name="Keyword">Upper case.</param>
/// <param name="Text">What follows the keyword, with continuation lines joined.</param>
internal sealed record DockerfileInstruction(int LineNumber, string Keyword, string Text);
