using System.Collections.Frozen;

namespace LiveDesk.Domain.Contacts;

/// <summary>What a customer asks for with an SMS that is nothing but a keyword.</summary>
public enum OptOutKeyword
{
    /// <summary>An ordinary message.</summary>
    None,

    /// <summary>No more messages on this channel.</summary>
    Stop,

    /// <summary>Messages are welcome again.</summary>
    Start,

    /// <summary>The customer wants to know who is writing and how to stop it.</summary>
    Help,
}

/// <summary>
/// The English keywords that carriers require: those of Bandwidth and Twilio, with Twilio's REVOKE and OPTOUT. Only a message that is
/// the word and nothing else counts, in any case, with white space around it: "please stop" is a message for a person.
/// </summary>
public static class OptOutKeywords
{
    private static readonly FrozenDictionary<string, OptOutKeyword> Words = new Dictionary<string, OptOutKeyword>
    {
        ["STOP"] = OptOutKeyword.Stop,
        ["STOPALL"] = OptOutKeyword.Stop,
        ["UNSUBSCRIBE"] = OptOutKeyword.Stop,
        ["CANCEL"] = OptOutKeyword.Stop,
        ["END"] = OptOutKeyword.Stop,
        ["QUIT"] = OptOutKeyword.Stop,
        ["REVOKE"] = OptOutKeyword.Stop,
        ["OPTOUT"] = OptOutKeyword.Stop,
        ["START"] = OptOutKeyword.Start,
        ["UNSTOP"] = OptOutKeyword.Start,
        ["YES"] = OptOutKeyword.Start,
        ["HELP"] = OptOutKeyword.Help,
        ["INFO"] = OptOutKeyword.Help,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the whole body of a message.</summary>
    public static OptOutKeyword Read(string? body) =>
        Words.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(body.AsSpan().Trim(), out OptOutKeyword keyword) ? keyword : OptOutKeyword.None;

    /// <summary>
    /// As <see cref="Read(string?)"/>, for a contact whose state is known. A plain YES is an opt-in only from a contact who had opted
    /// out; from anybody else it is the answer to somebody's question, and must reach that somebody.
    /// </summary>
    public static OptOutKeyword Read(string? body, bool optedOut)
    {
        OptOutKeyword keyword = Read(body);
        bool answer = keyword == OptOutKeyword.Start && !optedOut && body.AsSpan().Trim().Equals("YES", StringComparison.OrdinalIgnoreCase);
        return answer ? OptOutKeyword.None : keyword;
    }

    /// <summary>
    /// Reads Twilio's <c>OptOutType</c>, which Advanced Opt-Out sends for the customer's own keywords in any language. Where it is
    /// present it wins over the text.
    /// </summary>
    public static OptOutKeyword FromOptOutType(string? optOutType) => optOutType?.ToUpperInvariant() switch
    {
        "STOP" => OptOutKeyword.Stop,
        "START" => OptOutKeyword.Start,
        "HELP" => OptOutKeyword.Help,
        _ => OptOutKeyword.None,
    };
}
