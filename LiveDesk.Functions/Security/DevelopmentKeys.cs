using System.Reflection;

namespace LiveDesk.Functions.Security;

/// <summary>
/// The keys of <c>local.settings.sample.json</c>, which everybody knows. Only a build of the Local platform takes them; anything else, a build
/// that does not say what it was made for included, refuses to start with them.
/// </summary>
internal static class DevelopmentKeys
{
    public const string BootstrapApiKey = "ldk_local_admin";

    public const string SecretsKey = "bG9jYWwtb25seS1rZXktb2YtMzItYnl0ZXMtISEhISE=";

    /// <summary>Whether this is a build of the Local platform (the MSBuild property <c>LiveDeskPlatform</c>).</summary>
    public static bool AreAccepted { get; } = typeof(DevelopmentKeys).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Any(metadata => metadata is { Key: "LiveDeskPlatform", Value: "Local" });
}
