using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Conversations;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Messages;

/// <summary>
/// Writes to the customer. The message is stored with its place in the outbox before the answer; sending comes after. An
/// <c>Idempotency-Key</c> is stored with the message in the same transaction, so that no retry can send twice.
/// </summary>
internal sealed class CreateMessage(
    ConversationAccess access, ChannelAccess channels, IProviderCatalog providers, IContactStore contacts, ContactDesk desk)
{
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
        Result<PostMessageCommand> command = await CommandAsync(caller, found.Value, body.Value, cancellationToken);
        if (command.Refusal is { } wrong) return await request.ProblemAsync(wrong);

        SeenKey? seen = key.Value is { } given ? SeenKey.Request($"{found.Value.Id}:{given}") : null;
        string fingerprint = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(body.Value, ApiJson.Options)));
        if (seen is not null && await contacts.FindSeenAsync(caller.Workspace, found.Value.Id.Contact, seen, cancellationToken) is { } before)
            return await RepeatAsync(request, caller, before, fingerprint, cancellationToken);
        Result<Committed> posted = await desk.RunAsync(
            caller.Workspace, found.Value.Id.Contact, (state, now) => PostMessage.Decide(state, command.Value, now), cancellationToken, seen, fingerprint,
            found.Value.Read);
        if (posted.Refusal is { } refusal) return await request.ProblemAsync(refusal);
        return posted.Value.Repeated is { } repeated
            ? await RepeatAsync(request, caller, repeated, fingerprint, cancellationToken)
            : await request.JsonAsync(MessageView.Of(posted.Value.Message), HttpStatusCode.Accepted);
    }

    private async Task<Result<PostMessageCommand>> CommandAsync(
        Caller caller, ConversationFound found, PostMessageRequest body, CancellationToken cancellationToken)
    {
        Channel? channel = body.ChannelId is { } other ? await channels.FindAsync(caller, other, cancellationToken) : found.Channel;
        if (channel is null) return Refusal.Malformed("channelId", "No such channel.");
        if (providers.Find(channel.Provider) is not { } provider) return Refusal.Rule("channel_failed", "The channel's provider is not available.");
        Result<MessageContent> content = Content(body);
        return content.Then(c => new PostMessageCommand(found.Id, caller.Actor, c, channel, provider.Traits, body.ReplyTo));
    }

    private static Result<MessageContent> Content(PostMessageRequest body)
    {
        if (body.Template is { } template)
            return new MessageContent
            {
                Kind = MessageKind.Template,
                Text = body.Text,
                Template = new TemplateContent(template.Name, template.Language, template.Variables ?? new Dictionary<string, string>()),
            };
        return string.IsNullOrWhiteSpace(body.Text) ? Refusal.Malformed("text", "The message is empty.") : MessageContent.OfText(body.Text);
    }

    /// <summary>The first answer again, with the message as it is by now.</summary>
    private async Task<HttpResponseData> RepeatAsync(
        HttpRequestData request, Caller caller, SeenRecord first, string fingerprint, CancellationToken cancellationToken)
    {
        if (first.Fingerprint != fingerprint) return await request.ProblemAsync(IdempotencyKey.Reused);
        MessageSnapshot message = (await contacts.FindMessageAsync(caller.Workspace, first.Message!.Value, cancellationToken))!;
        return await request.JsonAsync(MessageView.Of(message.Message), HttpStatusCode.Accepted);
    }
}
