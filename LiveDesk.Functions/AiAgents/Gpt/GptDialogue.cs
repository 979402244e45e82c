using System.Text.Json.Nodes;
using LiveDesk.Domain.AiAgents;

namespace LiveDesk.Functions.AiAgents.Gpt;

/// <summary>What of a request an endpoint objects to, and what can be done about it.</summary>
internal enum GptObjection
{
    /// <summary>It knows the limit of an answer by its other name.</summary>
    TokenLimitName,

    /// <summary>The conversation is too long for the model.</summary>
    TooLong,
}

/// <summary>
/// The messages of one request. What the customer wrote is only ever in messages of the role <c>user</c>, also what the customer says to be called;
/// the <c>system</c> message holds nothing but the desk's and the company's own words.
/// </summary>
internal sealed class GptDialogue
{
    private const int AnswerTokens = 800;

    private readonly AiQuestion _question;
    private readonly List<JsonObject> _reports = [];
    private string _tokenLimit;
    private IReadOnlyList<AiLine> _history;

    /// <param name="compatible">Another company's server: such know the old name of the limit.</param>
    public GptDialogue(AiQuestion question, bool compatible)
    {
        _question = question;
        _history = question.History;
        _tokenLimit = compatible ? "max_tokens" : "max_completion_tokens";
    }

    public string RequestId => _question.RequestId;

    public JsonObject Body() => new()
    {
        ["model"] = _question.Agent.Model,
        ["messages"] = new JsonArray([.. Messages(), .. _reports.Select(r => r.DeepClone())]),
        ["tools"] = GptTools.Offer(_question.Categories),
        ["tool_choice"] = "auto",
        [_tokenLimit] = AnswerTokens,
    };

    /// <summary>Tells the model what became of its calls; each call must have its answer right behind it.</summary>
    public void Report(GptReply reply, IReadOnlyList<JudgedCall> calls)
    {
        _reports.Add(new JsonObject
        {
            ["role"] = "assistant",
            ["content"] = reply.Text,
            ["tool_calls"] = new JsonArray([.. calls.Select(c => c.Call.ToJson())]),
        });
        foreach (JudgedCall call in calls)
        {
            _reports.Add(new JsonObject
            {
                ["role"] = "tool",
                ["tool_call_id"] = call.Call.Id,
                ["content"] = call.Effect is null ? "Refused: no such tool, or the arguments are wrong." : "Done. Now answer the customer.",
            });
        }
    }

    /// <returns>False if nothing can be changed.</returns>
    public bool Amend(GptObjection objection)
    {
        switch (objection)
        {
            case GptObjection.TokenLimitName:
                _tokenLimit = _tokenLimit == "max_tokens" ? "max_completion_tokens" : "max_tokens";
                return true;
            case GptObjection.TooLong when _history.Count > 0:
                _history = [.. _history.Skip((_history.Count + 1) / 2)];
                return true;
            default:
                return false;
        }
    }

    private IEnumerable<JsonObject> Messages()
    {
        yield return Message("system", GptPrompt.System(_question));
        // Some servers want the roles to alternate.
        AiLine? open = GptPrompt.Profile(_question) is { } profile ? new AiLine(AiRole.Customer, profile) : null;
        foreach (AiLine line in _history.Concat(_question.Unanswered.Select(text => new AiLine(AiRole.Customer, text))))
        {
            if (open is not null && open.Role != line.Role)
            {
                yield return Message(open);
                open = null;
            }
            open = open is null ? line : open with { Text = $"{open.Text}\n{line.Text}" };
        }
        yield return Message(open!);
    }

    private static JsonObject Message(AiLine line) => Message(line.Role == AiRole.Customer ? "user" : "assistant", line.Text);

    private static JsonObject Message(string role, string content) => new() { ["role"] = role, ["content"] = content };
}
