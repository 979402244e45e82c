using System.Text.Json.Serialization;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Assignment;

/// <summary>A person who answers customers: <c>ag_</c> and 16 characters of base 32.</summary>
[JsonConverter(typeof(StringIdConverter<AgentId>))]
public readonly record struct AgentId : IStringId<AgentId>
{
    private const string Prefix = "ag_";

    private AgentId(string value) => Value = value;

    public string Value { get; }

    /// <param name="random">80 random bits.</param>
    public static AgentId From(ReadOnlySpan<byte> random) => new(Prefix + Base32.Encode(random[..10]));

    public static bool TryParse(string? text, out AgentId id)
    {
        bool valid = text is { Length: 19 } && text.StartsWith(Prefix, StringComparison.Ordinal) && Base32.IsEncoded(text.AsSpan(Prefix.Length));
        id = valid ? new AgentId(text!) : default;
        return valid;
    }

    public override string ToString() => Value;
}
