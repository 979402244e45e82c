using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Messaging;

/// <summary>A message together with the channel and provider that carry it.</summary>
public sealed record ReadyMessage(IProvider Provider, OutboundMessage Outbound, Func<string, Task<bool>> IsKnown)
{
    public ProviderTraits Traits => Provider.Traits;

    public Task<SendOutcome> SendAsync(CancellationToken cancellationToken) => Provider.SendAsync(Outbound, cancellationToken);

    public Task<LookupOutcome> LookUpAsync(DateTimeOffset attemptedAt, CancellationToken cancellationToken) =>
        Provider.LookUpAsync(Outbound, attemptedAt, IsKnown, cancellationToken);
}

/// <summary>Where a provider can fetch a file that we send.</summary>
public interface IMediaLinks
{
    Task<IReadOnlyList<OutboundMedia>> OfAsync(WorkspaceId workspace, IReadOnlyList<Attachment> attachments, CancellationToken cancellationToken);
}

/// <summary>Finds who carries a message and what has to be known besides.</summary>
public sealed class MessageCarrier(
    IChannelDirectory channels, IProviderCatalog providers, IContactStore contacts, IMediaLinks media, IRandomSource random, ContactTransactions transactions,
    OutboxDispatcher dispatcher, TimeProvider time)
{
    public double Jitter() => random.NextDouble();

    /// <returns>Null if the channel is gone.</returns>
    public async Task<ReadyMessage?> PrepareAsync(WorkspaceId workspace, PendingSend send, CancellationToken cancellationToken)
    {
        Channel? channel = await channels.FindAsync(workspace, send.Message.Channel!.Value, cancellationToken);
        if (channel is null || providers.Find(channel.Provider) is not { } provider) return null;
        string? replyTo = send.Message.ReplyTo is { } id && id.Contact == send.Message.Id.Contact
            ? (await contacts.FindMessageAsync(workspace, id, cancellationToken))?.Message.ProviderId
            : null;
        IReadOnlyList<OutboundMedia> files = send.Message.Content.Attachments.Count == 0
            ? []
            : await media.OfAsync(workspace, send.Message.Content.Attachments, cancellationToken);
        return new ReadyMessage(
            provider, new OutboundMessage(channel, send.To, send.Message, channels.WebhookUrl(channel), replyTo, files),
            async id => await contacts.FindSeenAsync(workspace, send.Message.Id.Contact, SeenKey.Sent(channel.Id, id), cancellationToken)
                is { Message: { } known } && known != send.Message.Id);
    }

    public static SendStep Undeliverable(PendingSend send) =>
        new SendStep.Fail(new DeliveryFailure("channel_deleted", null, $"The channel {send.Message.Channel} has been deleted."), false, false);

    /// <summary>A message that waited too long for its window would be refused by the provider; it is not even tried.</summary>
    public static SendStep? Expired(PendingSend send, DateTimeOffset now) =>
        send.WindowExpiresAt <= now
            ? new SendStep.Fail(
                new DeliveryFailure("window_closed", null, "The 24-hour window closed while the message waited. Send a template instead."), false, false)
            : null;

    /// <summary>A message that was waiting when the customer asked for no more; it is not even tried.</summary>
    public static SendStep? Unwanted(PendingSend send, IReadOnlyList<ChannelId> optedOut) =>
        !send.Owed && optedOut.Contains(send.Message.Channel!.Value)
            ? new SendStep.Fail(
                new DeliveryFailure("contact_opted_out", null, "The customer asked for no more messages on this channel while the message waited."), false, false)
            : null;

    /// <summary>What the outcome says about contact and channel.</summary>
    public async Task ReportAsync(WorkspaceId workspace, Message message, SendStep step, CancellationToken cancellationToken)
    {
        if (step is SendStep.Fail { OptedOut: true })
        {
            Result<Committed> optedOut = await transactions.RunAsync(
                workspace, message.Id.Contact, (state, now) => OptOut.Decide(state, message.Channel!.Value, now), cancellationToken);
            if (optedOut.Accepted) await dispatcher.DispatchAsync(optedOut.Value, cancellationToken);
        }
        if (step is SendStep.Fail { ChannelBroken: true } broken)
            await channels.ReportHealthAsync(
                workspace, message.Channel!.Value, new ChannelHealth(ChannelHealthState.Failed, broken.Failure.Message, time.GetUtcNow()), cancellationToken);
        // What the desk writes by itself goes on being tried on a failed channel, and so shows when it works again.
        if (step is SendStep.Sent && await channels.FindAsync(workspace, message.Channel!.Value, cancellationToken) is { Health.State: ChannelHealthState.Failed } failed)
            await channels.ReportHealthAsync(
                workspace, failed.Id, ChannelHealth.Working(providers.Find(failed.Provider)?.Caveat(failed), time.GetUtcNow()), cancellationToken, proven: true);
    }
}
