namespace Azure.Data.Tables.Rest;

/// <summary>The table endpoint and the credential in a storage connection string.</summary>
internal sealed record ConnectionString(Uri Endpoint, TableSharedKeyCredential Credential)
{
    private const string DevelopmentAccount = "devstoreaccount1";
    // Published: every emulator has it.
    private const string DevelopmentKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <exception cref="FormatException">It names no account, key or endpoint. The text itself is not shown: it holds a key.</exception>
    internal static ConnectionString Parse(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        var settings = Split(text);
        string? Setting(string name) => settings.GetValueOrDefault(name);

        if (string.Equals(Setting("UseDevelopmentStorage"), "true", StringComparison.OrdinalIgnoreCase))
        {
            string proxy = (Setting("DevelopmentStorageProxyUri") ?? "http://127.0.0.1").TrimEnd('/');
            return new(new Uri($"{proxy}:10002/{DevelopmentAccount}"), new TableSharedKeyCredential(DevelopmentAccount, DevelopmentKey));
        }
        if (Setting("AccountName") is not { } account || Setting("AccountKey") is not { } key)
            throw new FormatException("The storage connection string has no AccountName and AccountKey, and is not UseDevelopmentStorage=true.");
        string endpoint = Setting("TableEndpoint")
            ?? $"{Setting("DefaultEndpointsProtocol") ?? "https"}://{account}.table.{Setting("EndpointSuffix") ?? "core.windows.net"}";
        return new(new Uri(endpoint), new TableSharedKeyCredential(account, key));
    }

    private static Dictionary<string, string> Split(string text)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string segment in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // Keys end with '=', so only the first one divides.
            int divider = segment.IndexOf('=', StringComparison.Ordinal);
            if (divider <= 0) throw new FormatException("The storage connection string has a part that is not of the form Name=Value.");
            settings[segment[..divider].Trim()] = segment[(divider + 1)..].Trim();
        }
        return settings;
    }
}
