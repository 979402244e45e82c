using System.Text.Json.Serialization;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Channels;

/// <summary>A channel of a workspace: <c>ch_</c> and 16 characters of base 32.</summary>
[JsonConverter(typeof(StringIdConverter<ChannelId>))]
public readonly record struct ChannelId : IStringId<ChannelId>
{
    private const string Prefix = "ch_";

    private ChannelId(string value) => Value = value;

    public string Value { get; }

    /// <param name="random">80 random bits.</param>
    public static ChannelId From(ReadOnlySpan<byte> random) => new(Prefix + Base32.Encode(random[..10]));

    public static bool TryParse(string? text, out ChannelId id)
    {
        bool valid = text is { Length: 19 } && text.StartsWith(Prefix, StringComparison.Ordinal) && Base32.IsEncoded(text.AsSpan(Prefix.Length));
        id = valid ? new ChannelId(text!) : default;
        return valid;
    }

    public override string ToString() => Value;
}
