using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Conversations;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Files;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Messages;

/// <summary>
/// Writes to the customer. The message is stored with its place in the outbox before the answer; sending comes after. An
/// <c>Idempotency-Key</c> is stored with the message in the same transaction, so that no retry can send twice.
/// </summary>
internal sealed class CreateMessage(
    ConversationAccess access, ChannelAccess channels, IProviderCatalog providers, IContactStore contacts, ContactDesk desk, ComposeMessage compose,
    FileLinks links, IRandomSource random)
{
    [KeepsOwnKeys, Reads(typeof(PostMessageRequest)), Answers(202, typeof(MessageView))]
    [Function(nameof(CreateMessage)), Operation(Role.Agent)]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Conversation + "/messages")] HttpRequestData request, string conversationId,
        FunctionContext context, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<PostMessageRequest> body = await request.ReadJsonAsync<PostMessageRequest>(cancellationToken);
        if (body.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        Result<string?> key = IdempotencyKey.Of(request);
        if (key.Refusal is { } badKey) return await request.ProblemAsync(badKey);
        Result<ConversationFound> found = await access.LoadAsync(caller, conversationId, cancellationToken);
        if (found.Refusal is { } missing) return await request.ProblemAsync(missing);

        Once once = OnceOf(found.Value, key.Value, body.Value);
        if (await SeenAsync(caller, found.Value, once, cancellationToken) is { } before) return await RepeatAsync(request, caller, before, once, cancellationToken);
        Result<Committed> posted = await PostAsync(
            caller, found.Value, body.Value, once, snapshot => request.Stale(found.Value.VersionIn(snapshot)), cancellationToken);
        if (posted.Refusal is { } refusal)
        {
            // Stale, perhaps, because the same request has got through meanwhile.
            SeenRecord? twin = refusal.Kind == RefusalKind.Stale ? await SeenAsync(caller, found.Value, once, cancellationToken) : null;
            return twin is null ? await request.ProblemAsync(refusal) : await RepeatAsync(request, caller, twin, once, cancellationToken);
        }
        return posted.Value.Repeated is { } repeated
            ? await RepeatAsync(request, caller, repeated, once, cancellationToken)
            : await request.JsonAsync(MessageView.Of(posted.Value.Message, links), HttpStatusCode.Accepted);
    }

    private async Task<Result<Committed>> PostAsync(
        Caller caller, ConversationFound found, PostMessageRequest body, Once once, ContactTransactions.Condition condition,
        CancellationToken cancellationToken)
    {
        Channel? channel = body.ChannelId is { } other ? await channels.FindAsync(caller, other, cancellationToken) : found.Channel;
        if (channel is null) return Refusal.Malformed("channelId", "No such channel.");
        if (channel.Provider.Length == 0)
            return Refusal.Rule("channel_failed", "The conversation's channel has been deleted. Name another with channelId.", "channelId");
        if (providers.Find(channel.Provider) is not { } provider) return Refusal.Rule("channel_failed", "The channel's provider is not available.");
        if (channel.Health is { State: ChannelHealthState.Failed } health)
            return Refusal.Rule("channel_failed", $"The channel cannot send: {health.Reason} Once that is mended, POST /channels/{channel.Id}/verify.");
        if (body.ReplyTo is { } quoted && await UnknownAsync(caller, found.Id, quoted, cancellationToken))
            return Refusal.Rule("message_unknown", "The customer has no such message.", "replyTo");
        Contact contact = found.Read.State.Contact!;
        Result<Composed> composed = await compose.RunAsync(
            channel, provider.Traits, contact, caller.Actor, found.Id, WordingOf(body), once.Key, cancellationToken);
        if (composed.Refusal is { } wrong) return wrong;

        var command = new PostMessageCommand(found.Id, caller.Actor, composed.Value.Content, channel, provider.Traits, body.ReplyTo);
        // A message that takes files has its key even if the client gave none: it tells whether the files were sent.
        SeenKey? seen = once.Given || composed.Value.Drafts.Count > 0 ? SeenKey.Request(once.Key) : null;
        Result<Committed> posted = await desk.RunAsync(
            caller.Workspace, found.Id.Contact, (state, now) => PostMessage.Decide(state, command, now), cancellationToken, seen, once.Fingerprint, found.Read, condition);
        if (posted.Accepted) await compose.PostedAsync(caller.Workspace, composed.Value, cancellationToken);
        else await compose.RefusedAsync(caller.Workspace, composed.Value, once.Key, cancellationToken);
        return posted;
    }

    private async Task<bool> UnknownAsync(Caller caller, ConversationId conversation, MessageId quoted, CancellationToken cancellationToken) =>
        quoted.Contact != conversation.Contact || await contacts.FindMessageAsync(caller.Workspace, quoted, cancellationToken) is null;

    private static Wording WordingOf(PostMessageRequest body) => new()
    {
        Text = body.Text,
        AttachmentIds = body.AttachmentIds,
        VoiceNoteId = body.VoiceNoteId,
        Snippet = body.Snippet is { } s ? new SnippetUse(s.Shortcut, s.Variables ?? new Dictionary<string, string>()) : null,
        Template = body.Template is { } t ? new TemplateContent(t.Name, t.Language, t.Variables ?? new Dictionary<string, string>()) : null,
    };

    private async Task<SeenRecord?> SeenAsync(Caller caller, ConversationFound found, Once once, CancellationToken cancellationToken) =>
        once.Given ? await contacts.FindSeenAsync(caller.Workspace, found.Id.Contact, SeenKey.Request(once.Key), cancellationToken) : null;

    /// <summary>The first answer again: what has become of the message since is asked for elsewhere.</summary>
    private async Task<HttpResponseData> RepeatAsync(HttpRequestData request, Caller caller, SeenRecord first, Once once, CancellationToken cancellationToken)
    {
        if (first.Fingerprint != once.Fingerprint) return await request.ProblemAsync(IdempotencyKey.Reused);
        Message message = (await contacts.FindMessageAsync(caller.Workspace, first.Message!.Value, cancellationToken))!.Message;
        Message asAnswered = message with { Status = DeliveryStatus.Queued, Failure = null, ProviderId = null };
        return await request.JsonAsync(MessageView.Of(asAnswered, links), HttpStatusCode.Accepted);
    }

    private Once OnceOf(ConversationFound found, string? given, PostMessageRequest body) => new(
        $"{found.Id}:{given ?? $"own-{Base32.Encode(random.Bytes(10))}"}", given is not null,
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Options))));

    /// <summary>What makes a request the same as one before.</summary>
    private sealed record Once(string Key, bool Given, string Fingerprint);
}
