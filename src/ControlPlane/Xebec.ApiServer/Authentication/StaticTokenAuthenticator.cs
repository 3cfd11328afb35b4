using System.Security.Cryptography;
using System.Text;
using Xebec.ApiServer.Configuration;

namespace Xebec.ApiServer.Authentication;

/// <summary>
/// Believes the tokens of a file, read once (--token-auth-file): a line is token,user,uid and optionally "group1,group2". Only hashes of
/// the tokens are kept.
/// </summary>
internal sealed class StaticTokenAuthenticator : ITokenAuthenticator
{
    private readonly Dictionary<string, TokenIdentity> _byHash = new(StringComparer.Ordinal);

    private StaticTokenAuthenticator()
    {
    }

    /// <exception cref="ConfigurationException">The file can't be read, or a line has fewer than three columns.</exception>
    public static StaticTokenAuthenticator Load(string path)
    {
        var loaded = new StaticTokenAuthenticator();
        var number = 0;
        foreach (var line in Encoding.UTF8.GetString(ConfigurationFile.ReadBytes(path)).Split('\n').Select(l => l.TrimEnd('\r')))
        {
            number++;
            if (line.Length == 0)
                continue;
            var columns = CommaSeparated.Split(line) ?? throw new ConfigurationException(path, $"line {number}: a quote is not closed");
            if (columns.Count < 3)
            {
                throw new ConfigurationException(
                    path, $"line {number}: token file must have at least 3 columns (token, user name, user uid), found {columns.Count}");
            }

            if (columns[0].Length > 0)
                loaded._byHash[Hash(columns[0])] = new TokenIdentity(User(columns), null);
        }

        return loaded;
    }

    /// <inheritdoc/>
    public ValueTask<TokenIdentity?> AuthenticateAsync(string token, IReadOnlyList<string> audiences, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_byHash.GetValueOrDefault(Hash(token)));

    private static UserInfo User(List<string> columns)
    {
        string[] groups = columns.Count > 3 && columns[3].Length > 0 ? columns[3].Split(',') : [];
        return new UserInfo(columns[1], columns[2], [.. groups, "system:authenticated"], new Dictionary<string, IReadOnlyList<string>>());
    }

    private static string Hash(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
