using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Messaging;

/// <summary>
/// A person sends a message again that failed, or of which nobody knows whether it arrived. It goes the same way as a new one, in the
/// contact's order, and keeps the attempts made so far.
/// </summary>
public sealed class ResendMessage(
    IContactStore store, IChannelDirectory channels, IProviderCatalog providers, IEventFeed feed, IWorkQueues queues, TimeProvider time)
{
    private const int Attempts = 10;

    /// <summary>As for any write that no queue message stands behind: if this process dies, the sender is called all the same.</summary>
    private static readonly TimeSpan SafetyDelay = TimeSpan.FromSeconds(30);

    /// <param name="once">The client's idempotency key; null: none.</param>
    /// <returns>The message, queued; or as it is by now, if the same request came before.</returns>
    public async Task<Result<Message>> RunAsync(WorkspaceId workspace, MessageId id, SeenKey? once, string fingerprint, CancellationToken cancellationToken)
    {
        HiddenWork hidden = await queues.PutHiddenAsync(new OutboundWork(workspace, id.Contact), SafetyDelay, cancellationToken);
        Result<Message> result = await TryAsync(workspace, id, once, fingerprint, cancellationToken);
        await (result.Accepted ? queues.RevealAsync(hidden, cancellationToken) : queues.RemoveAsync(hidden, cancellationToken));
        return result;
    }

    private async Task<Result<Message>> TryAsync(WorkspaceId workspace, MessageId id, SeenKey? once, string fingerprint, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (await store.FindMessageAsync(workspace, id, cancellationToken) is not { } stored) return Refusal.NotFound("message");
            if (once is not null && await store.FindSeenAsync(workspace, id.Contact, once, cancellationToken) is { } before)
                return before.Fingerprint == fingerprint
                    ? stored.Message
                    : Refusal.Conflict("idempotency_key_reused", "This Idempotency-Key came with another request before. Use a new key for a new request.");
            ContactSnapshot contact = await store.LoadAsync(workspace, id.Contact, cancellationToken);
            Channel? channel = stored.Message.Channel is { } channelId ? await channels.FindAsync(workspace, channelId, cancellationToken) : null;
            DateTimeOffset now = time.GetUtcNow();
            Result<PendingSend> send = Decide(contact.State, stored.Message, channel, channel is null ? null : providers.Find(channel.Provider)?.Traits, now);
            if (send.Refusal is { } refusal) return refusal;

            PendingVersions? written = await store.CommitAsync(workspace, id.Contact, new PendingWrite
            {
                Message = (send.Value.Message, stored.Version),
                AddSend = send.Value,
                Once = once is null ? null : (once, new SeenRecord(id, fingerprint, now)),
            }, cancellationToken);
            if (written is null) continue;
            await feed.AppendAsync(workspace, [FeedEvents.OfStatus(send.Value.Message, now)], cancellationToken);
            return send.Value.Message;
        }
        throw new ContactBusyException(id.Contact);
    }

    /// <summary>Pure: whether the message may go again now, and what then waits for the provider.</summary>
    public static Result<PendingSend> Decide(ContactState state, Message message, Channel? channel, ProviderTraits? provider, DateTimeOffset now)
    {
        if (message.Direction != MessageDirection.Out || message.Status is not (DeliveryStatus.Failed or DeliveryStatus.Unknown))
            return Refusal.Conflict("not_resendable", "Only a message that failed, or whose outcome is unknown, can be sent again.");
        if (channel is null || provider is null) return Refusal.Rule("channel_failed", "The channel that carried the message is gone.");
        if (state.Contact is not { } contact || state.Open is not { } conversation || conversation.Id != message.Id.Conversation)
            return Refusal.Rule("conversation_closed", "The conversation is closed. Open a new one to write to the customer.");
        var command = new PostMessageCommand(conversation.Id, message.Author, message.Content, channel, provider);
        if (PostMessage.Refused(contact, command, now) is { } refusal) return refusal;
        if (contact.AddressFor(channel.Type, ChannelScope.Of(channel)) is not { } to)
            return Refusal.Rule("no_address", $"The contact has no {channel.Type} address.");

        Message again = message with { Status = DeliveryStatus.Queued, Failure = null, ProviderId = null };
        DateTimeOffset? window = message.Content.Template is null ? contact.WindowExpiresAt(channel.Id, channel.Type) : null;
        return new PendingSend(again, to, window, Since: now);
    }
}
