using System.Text.Json;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;

namespace LiveDesk.Functions.Api.Channels;

internal sealed record ChannelRequest
{
    public required ChannelType Type { get; init; }
    public required string Provider { get; init; }
    public required string Name { get; init; }
    public string? PhoneNumber { get; init; }
    public IReadOnlyDictionary<string, JsonElement> Credentials { get; init; } = new Dictionary<string, JsonElement>();
    public IReadOnlyList<AgentId> AgentIds { get; init; } = [];
    public JsonElement? Settings { get; init; }
    public bool Verify { get; init; } = true;
}

/// <summary>Type, provider and number never change; sending them as they are is no error.</summary>
internal sealed record ChannelPatch
{
    public string? Name { get; init; }
    public ChannelType? Type { get; init; }
    public string? Provider { get; init; }
    public string? PhoneNumber { get; init; }
    public IReadOnlyDictionary<string, JsonElement>? Credentials { get; init; }
    public IReadOnlyList<AgentId>? AgentIds { get; init; }
    public JsonElement? Settings { get; init; }
    public bool Verify { get; init; } = true;
}

internal sealed record ChannelView(
    ChannelId Id, ChannelType Type, string Provider, string Name, E164? PhoneNumber, IReadOnlyDictionary<string, object?> Credentials,
    IReadOnlyList<AgentId> AgentIds, ChannelSettings Settings, string WebhookUrl, ChannelHealth Health, DateTimeOffset CreatedAt)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public AuditTarget Target => new("channel", Id.Value, Name);

    /// <summary>The webhook's address holds a secret token, so the log does not have it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ChannelView Audited => this with { WebhookUrl = "********" };
}

/// <summary>Between the API's channel and the domain's.</summary>
internal sealed class ChannelMapping(IChannelDirectory channels, IProviderCatalog providers)
{
    private const string Masked = "********";

    // All of a channel's credentials are encrypted into one table property, which holds 32 Ki characters.
    private const int MaximumCredential = 2_048;

    public ChannelView View(Channel channel)
    {
        IReadOnlyList<CredentialField> fields = providers.Find(channel.Provider)?.Traits.Credentials ?? [];
        var credentials = new Dictionary<string, object?>();
        foreach (CredentialField field in fields)
        {
            string? value = channel.Credential(field.Name);
            credentials[field.Name] = field.IsFlag ? value == "true" : value is not null && field.Secret ? Masked : value;
        }
        return new ChannelView(
            channel.Id, channel.Type, channel.Provider, channel.Name, channel.PhoneNumber, credentials, channel.AgentIds, channel.Settings,
            channels.WebhookUrl(channel).AbsoluteUri, channel.Health, channel.CreatedAt);
    }

    /// <summary>Text and switches by the provider's names; unknown ones and other types are refused.</summary>
    /// <param name="known">What the channel has already; a masked value stands for it.</param>
    public Result<IReadOnlyDictionary<string, string>> Credentials(
        string provider, IReadOnlyDictionary<string, JsonElement> given, IReadOnlyDictionary<string, string>? known = null)
    {
        if (providers.Find(provider) is not { Traits: { } traits }) return Refusal.Rule("provider_unknown", $"No provider '{provider}'.", "provider");
        var credentials = new Dictionary<string, string>(known ?? new Dictionary<string, string>());
        foreach ((string name, JsonElement value) in given)
        {
            string path = $"credentials.{name}";
            if (traits.Credentials.FirstOrDefault(f => f.Name == name) is not { } field)
                return Refusal.Malformed(path, $"The provider '{provider}' has no credential of this name.");
            string? text = value.ValueKind switch
            {
                JsonValueKind.True or JsonValueKind.False when field.IsFlag => value.GetBoolean() ? "true" : "false",
                JsonValueKind.String when !field.IsFlag => value.GetString(),
                JsonValueKind.Null => "",
                _ => null,
            };
            if (text is null || text.Length > MaximumCredential || !text.All(c => c is >= ' ' and <= '~'))
                return Refusal.Malformed(path, field.IsFlag ? "Must be true or false." : $"Must be a text of at most {MaximumCredential} printable ASCII characters.");
            if (text == Masked && known is not null) continue;
            if (text.Length == 0) credentials.Remove(name);
            else credentials[name] = text;
        }
        return new Result<IReadOnlyDictionary<string, string>>(credentials);
    }

    /// <summary>The settings with a partial change merged in (RFC 7396).</summary>
    public static Result<ChannelSettings> Settings(ChannelSettings current, JsonElement? change)
    {
        if (change is not { } patch || patch.ValueKind == JsonValueKind.Null) return current;
        if (patch.ValueKind != JsonValueKind.Object) return Refusal.Malformed("settings", "Must be an object.");
        Result<ChannelSettings> merged = ApiJson.Read<ChannelSettings>(MergePatch.Apply(JsonSerializer.SerializeToElement(current, ApiJson.Options), patch));
        return merged.Refusal is { } refusal ? refusal.Under("settings") : merged;
    }
}
