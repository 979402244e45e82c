using System.Text.Json.Serialization;

namespace LiveDesk.Domain.Workspaces;

/// <summary>A tenant. Every storage key starts with it. Lower-case letters, digits and hyphens, at most 32.</summary>
[JsonConverter(typeof(StringIdConverter<WorkspaceId>))]
public readonly record struct WorkspaceId : IStringId<WorkspaceId>
{
    private WorkspaceId(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(string? text, out WorkspaceId id)
    {
        bool valid = text is { Length: > 0 and <= 32 } && text[0] != '-'
            && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
        id = valid ? new WorkspaceId(text!) : default;
        return valid;
    }

    /// <exception cref="FormatException">The text is no workspace id.</exception>
    public static WorkspaceId Parse(string text) =>
        TryParse(text, out WorkspaceId id) ? id : throw new FormatException($"'{text}' is no workspace id.");

    public override string ToString() => Value;
}
