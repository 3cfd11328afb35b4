namespace Xebec.ApiServer.Configuration;

/// <summary>A file the server was told to use can't be used; the message names the file, what is wrong and where.</summary>
public sealed class ConfigurationException : Exception
{
    /// <summary>Creates it for a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <param name="inner">What led to it.</param>
    public ConfigurationException(string path, string problem, Exception? inner = null) : base($"{path}: {problem}", inner)
    {
    }
}
