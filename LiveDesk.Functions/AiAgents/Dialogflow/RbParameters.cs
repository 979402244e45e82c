using System.Text.Json;
using LiveDesk.Domain.AiAgents;
using LiveDesk.Functions.Providers;

namespace LiveDesk.Functions.AiAgents.Dialogflow;

/// <summary>
/// The parameters by which an intent says what becomes of the conversation (help.respond.io/l/en/dialogflow/dialogflow-parameters): in its parameters
/// or in a custom payload. Names are upper case; an unknown one, or a value that makes no sense, has no effect.
/// </summary>
internal sealed class RbParameters
{
    private const int LongestNote = 2_000;

    private readonly List<string> _add = [];
    private readonly List<string> _remove = [];
    private readonly List<string> _notes = [];
    private bool _done;
    private string? _handOff;

    /// <param name="parameters">An object, or anything else, which holds none.</param>
    /// <param name="lasting">These come again with every answer.</param>
    public void Take(JsonElement parameters, bool lasting = false)
    {
        // False means that the conversation is to be open, which it is.
        if (Flag(parameters, "RB_MARKDONE") == true) _done = true;
        if (Flag(parameters, "RB_BOTSTATUS") == false) HandOff("Dialogflow turned itself off.");
        _add.AddRange(Tags(parameters, "RB_ADDTAGS"));
        _remove.AddRange(Tags(parameters, "RB_REMOVETAGS"));
        if (!lasting && Value(parameters, "RB_NOTIFY").AsText()?.Trim() is { Length: > 0 } note)
            _notes.Add(note.Length <= LongestNote ? note : note[..(char.IsHighSurrogate(note[LongestNote - 1]) ? LongestNote - 1 : LongestNote)]);
    }

    public void HandOff(string reason) => _handOff ??= reason;

    /// <summary>A conversation that is done needs nobody to take it over.</summary>
    public IReadOnlyList<AiEffect> Effects()
    {
        var effects = new List<AiEffect>();
        if (_add.Count > 0) effects.Add(new AiEffect.AddTags(_add));
        if (_remove.Count > 0) effects.Add(new AiEffect.RemoveTags(_remove));
        effects.AddRange(_notes.Select(note => new AiEffect.Notify(note)));
        if (_done) effects.Add(new AiEffect.Close(null));
        else if (_handOff is not null) effects.Add(new AiEffect.HandOff(_handOff));
        return effects;
    }

    /// <summary>True, 1 and "true" in any case with white space around it; the same for false; else null.</summary>
    private static bool? Flag(JsonElement parameters, string name)
    {
        JsonElement value = Value(parameters, name);
        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => value.TryGetDouble(out double number) ? number switch { 1 => true, 0 => false, _ => null } : null,
            JsonValueKind.String => bool.TryParse(value.AsText(), out bool flag) ? flag : null,
            _ => null,
        };
    }

    private static IEnumerable<string> Tags(JsonElement parameters, string name)
    {
        JsonElement value = parameters.Member(name);
        IEnumerable<string?> texts = value.ValueKind == JsonValueKind.Array ? value.Items().Select(i => i.AsText()) : [value.AsText()];
        return texts.OfType<string>().SelectMany(t => t.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>A list parameter says it with its first element.</summary>
    private static JsonElement Value(JsonElement parameters, string name) => parameters.Member(name) is { ValueKind: JsonValueKind.Array } list
        ? list.Items() is [var first, ..] ? first : default
        : parameters.Member(name);
}
