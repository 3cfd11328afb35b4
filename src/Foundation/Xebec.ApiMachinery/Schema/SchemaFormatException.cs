namespace Xebec.ApiMachinery.Schema;

/// <summary>A schema file is wrong; the message names the file, the line and what was expected.</summary>
/// <param name="file">The file's name.</param>
/// <param name="line">The line, from 1.</param>
/// <param name="what">What is wrong.</param>
public sealed class SchemaFormatException(string file, int line, string what) : Exception($"{file}:{line}: {what}");
