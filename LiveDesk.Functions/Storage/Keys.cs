using System.Security.Cryptography;
using System.Text;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Storage;

/// <summary>Row keys of the contact partition, and what is safe in any key.</summary>
internal static class Keys
{
    public const string Contact = "contact";
    public const string OutboxFrom = "outbox:";
    public const string OutboxTo = "outbox;";
    public const string Lane = "outbox:lane";

    private const long LatestTime = 999_999_999_999_999;
    private const long LatestSequence = 999_999_999_999;
    private const string EventPrefix = "outbox:event:";
    private const string SendPrefix = "outbox:send:";
    private const string StopPrefix = "outbox:stop:";

    public static string Partition(WorkspaceId workspace, ContactId contact) => $"{workspace}:{contact}";

    /// <summary>Counts down, so that the latest conversation stands right behind the contact row and one read finds both.</summary>
    public static string Conversation(ConversationId id) => $"conv:{Base32.Padded(ConversationId.MaximumNumber - id.Number, 6)}";

    /// <summary>Counts down, so that the newest messages stand first and a page of them is one read however many there are.</summary>
    public static string Message(MessageId id) =>
        $"{Messages(id.Conversation)}{Base32.Padded(LatestTime - id.OccurredAt, 15)}:{Base32.Padded(LatestSequence - id.Sequence, 12)}";

    public static string Messages(ConversationId id) => $"msg:{Base32.Padded(id.Number, 6)}:";

    public static string Event(long sequence) => EventPrefix + Base32.Padded(sequence, 12);

    public static string Send(long sequence) => SendPrefix + Base32.Padded(sequence, 12);

    /// <summary>Whether the contact has opted out of a channel, where the sender reads it together with what waits.</summary>
    public static string Stop(ChannelId channel) => StopPrefix + channel;

    public static ChannelId? StoppedChannel(string rowKey) =>
        rowKey.StartsWith(StopPrefix, StringComparison.Ordinal) && ChannelId.TryParse(rowKey[StopPrefix.Length..], out ChannelId id) ? id : null;

    public static bool IsEvent(string rowKey) => rowKey.StartsWith(EventPrefix, StringComparison.Ordinal);

    public static bool IsSend(string rowKey) => rowKey.StartsWith(SendPrefix, StringComparison.Ordinal);

    public static long Sequence(string rowKey) => long.Parse(rowKey.AsSpan(rowKey.LastIndexOf(':') + 1), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Always a hash: some providers' ids hold the customer's number, and the row outlives an erasure.</summary>
    public static string Seen(SeenKey key) => "seen:" + Hash(key.Value);

    /// <summary>Everything that begins with the prefix ends before this.</summary>
    public static string EndOf(string prefix) => prefix[..^1] + (char)(prefix[^1] + 1);

    /// <summary>
    /// Provider ids are anybody's text. What a key may not contain (/ \ # ? and control characters) or what is too long becomes a hash.
    /// </summary>
    public static string Safe(string text) =>
        text.Length <= 200 && text.All(c => c is > ' ' and < (char)127 and not ('/' or '\\' or '#' or '?' or '%' or '\''))
            ? text
            : Hash(text);

    private static string Hash(string text) => "h." + Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 20));
}
