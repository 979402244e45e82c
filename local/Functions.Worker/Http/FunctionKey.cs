using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace LiveDesk.Local;

/// <summary>
/// The key that callers of functions with AuthorizationLevel.Function must show: the setting LocalHost:FunctionKey,
/// else one that is made up once and kept in .azurite/function-key.
/// </summary>
internal sealed class FunctionKey(IConfiguration configuration, SettingsFiles files)
{
    private readonly Lazy<byte[]> _key = new(() => Encoding.UTF8.GetBytes(configuration["LocalHost:FunctionKey"] ?? Kept(files.RepositoryRoot)));

    /// <summary>Where a person finds the key.</summary>
    public string Where => configuration["LocalHost:FunctionKey"] is null ? FilePath(files.RepositoryRoot) : "the setting LocalHost:FunctionKey";

    /// <summary>Makes sure that the key exists.</summary>
    public void Prepare() => _ = _key.Value;

    /// <summary>Whether the request shows the key, in the header x-functions-key or in the query's code.</summary>
    public bool Admits(HttpRequest request)
    {
        string shown = request.Headers.TryGetValue("x-functions-key", out var header) ? header.ToString() : request.Query["code"].ToString();
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown), _key.Value);
    }

    private static string FilePath(string root) => Path.Combine(root, ".azurite", "function-key");

    private static string Kept(string root)
    {
        string path = FilePath(root);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)));
        }
        return File.ReadAllText(path).Trim();
    }
}
