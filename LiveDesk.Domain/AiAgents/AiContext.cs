using System.Text;
using System.Text.Unicode;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.AiAgents;

/// <summary>Chooses what of a conversation an AI agent gets to read.</summary>
/// <param name="History">What came before, oldest first, as much as the budget allows.</param>
/// <param name="Unanswered">What is to be answered; empty if nothing is.</param>
/// <param name="Wordless">Nothing of what is to be answered has words.</param>
public sealed record AiContext(IReadOnlyList<AiLine> History, IReadOnlyList<string> Unanswered, bool Wordless)
{
    /// <summary>How many of the last messages are looked at.</summary>
    public const int Messages = 60;

    /// <summary>For history and unanswered messages together; instructions come on top.</summary>
    public const int TokenBudget = 4_000;

    /// <summary>More of one message is not read.</summary>
    private const int TokensPerMessage = 1_000;

    private const int BytesPerToken = 3;
    private const int EnvelopeTokens = 4;

    public static AiContext Of(IReadOnlyList<Message> messages, Conversation conversation, ChannelType channelType)
    {
        AiProgress progress = AiProgress.Of(conversation);
        long answered = Math.Max(progress.AnsweredUpTo, progress.Turns > 0 ? 0 : LastReply(messages));
        Message[] asked = [.. messages.Where(m => IsSpoken(m) && m.Direction == MessageDirection.In && m.Id.Sequence > answered)];
        Message[] questions = [.. asked.Where(m => !IsKeyword(m, channelType))];
        if (questions.Length == 0) return new AiContext([], [], false);

        int budget = TokenBudget;
        var unanswered = new List<string>();
        foreach (Message question in questions.Reverse()) Take(unanswered, Words(question), ref budget);
        var history = new List<AiLine>();
        foreach (Message message in messages.Where(m => IsSpoken(m) && !asked.Contains(m)).Reverse())
        {
            string words = Clip(Words(message));
            budget -= Tokens(words);
            if (budget < 0) break;
            history.Add(new AiLine(message.Direction == MessageDirection.In ? AiRole.Customer : AiRole.Desk, words));
        }
        unanswered.Reverse();
        history.Reverse();
        return new AiContext(history, unanswered, questions.All(IsWordless));
    }

    /// <summary>
    /// About how many tokens a text takes: one for three bytes of UTF-8, and four for the envelope of a message. That is a little more than models
    /// count for European languages and about as much for Thai or Chinese, so the budget is kept without the model's own tokenizer.
    /// </summary>
    public static int Tokens(string text) => (Encoding.UTF8.GetByteCount(text) + BytesPerToken - 1) / BytesPerToken + EnvelopeTokens;

    private static void Take(List<string> newestFirst, string words, ref int budget)
    {
        words = Clip(words);
        // The newest is always read.
        if (newestFirst.Count > 0 && budget < Tokens(words)) return;
        budget -= Tokens(words);
        newestFirst.Add(words);
    }

    /// <summary>Everything said to or by the customer, as far as it arrived. Notes and events are for people.</summary>
    private static bool IsSpoken(Message message) => message.Direction switch
    {
        MessageDirection.In => message.Content.Kind != MessageKind.Reaction,
        MessageDirection.Out => message.Status != DeliveryStatus.Failed,
        _ => false,
    };

    private static long LastReply(IReadOnlyList<Message> messages) => messages
        .Where(m => m.Direction == MessageDirection.Out && m.Author.Kind is ActorKind.Agent or ActorKind.Ai)
        .Select(m => m.Id.Sequence).DefaultIfEmpty().Max();

    /// <summary>START, STOP and HELP are for the carrier; no machine answers them.</summary>
    private static bool IsKeyword(Message message, ChannelType channelType) =>
        channelType == ChannelType.Sms && OptOutKeywords.Read(message.Content.Text, optedOut: false) != OptOutKeyword.None;

    private static bool IsWordless(Message message) =>
        string.IsNullOrWhiteSpace(message.Content.Text) && string.IsNullOrWhiteSpace(message.Content.Interaction?.Title);

    private static string Words(Message message)
    {
        MessageContent content = message.Content;
        string? said = string.IsNullOrWhiteSpace(content.Text) ? content.Interaction?.Title : content.Text;
        string kind = content.Kind.ToString().ToLowerInvariant();
        return content.Kind is MessageKind.Text or MessageKind.Interactive or MessageKind.Template && !string.IsNullOrWhiteSpace(said)
            ? said
            : string.IsNullOrWhiteSpace(said) ? $"[{kind}]" : $"[{kind}] {said}";
    }

    private static string Clip(string text)
    {
        if (Tokens(text) <= TokensPerMessage) return text;
        // One token is kept for the ellipsis; no character is torn.
        Utf8.FromUtf16(text, new byte[(TokensPerMessage - EnvelopeTokens - 1) * BytesPerToken], out int length, out _);
        return string.Concat(text.AsSpan(0, length), "…");
    }
}
