using LiveDesk.Domain.Contacts;

namespace LiveDesk.Domain.Assignment.Matching;

/// <summary>What conditions are held against. What is not known stays null.</summary>
public sealed record MatchFacts
{
    public string? ChannelId { get; init; }

    public E164? ContactPhone { get; init; }

    /// <summary>ISO 3166 alpha-2; null: the number's country.</summary>
    public string? ContactCountry { get; init; }

    /// <summary>A language tag: <c>es</c>, <c>pt-BR</c>.</summary>
    public string? ContactLanguage { get; init; }

    public IReadOnlyCollection<string> ContactTags { get; init; } = [];

    /// <summary>Names are compared exactly.</summary>
    public IReadOnlyDictionary<string, string> ContactAttributes { get; init; } = new Dictionary<string, string>();

    /// <summary>What the customer wrote; null where no message is at hand.</summary>
    public string? MessageText { get; init; }

    public bool WithinBusinessHours { get; init; }

    /// <summary>Whether the contact has had a conversation before this one.</summary>
    public bool ReturningContact { get; init; }

    /// <summary>The values of a field: none if not known, several for tags.</summary>
    internal IReadOnlyCollection<string> ValuesOf(string field) => field switch
    {
        MatchField.Tag => ContactTags,
        MatchField.Channel => Known(ChannelId),
        MatchField.Phone => Known(ContactPhone?.ToString()),
        MatchField.Country => Known(ContactCountry ?? ContactPhone?.Country),
        MatchField.Language => Known(ContactLanguage),
        MatchField.Text => Known(MessageText),
        MatchField.WithinBusinessHours => [WithinBusinessHours ? "true" : "false"],
        MatchField.ReturningContact => [ReturningContact ? "true" : "false"],
        _ when MatchField.IsAttribute(field) => Known(ContactAttributes.GetValueOrDefault(field[MatchField.AttributePrefix.Length..])),
        _ => [],
    };

    private static IReadOnlyCollection<string> Known(string? value) => string.IsNullOrEmpty(value) ? [] : [value];
}
