using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging.Files;
using LiveDesk.Domain.Messaging.Templates;
using LiveDesk.Domain.Snippets;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Messaging;

/// <summary>What a person wants to send: text, files, a voice note, a template or a snippet.</summary>
public sealed record Wording
{
    public string? Text { get; init; }
    public IReadOnlyList<string> AttachmentIds { get; init; } = [];
    public string? VoiceNoteId { get; init; }
    public TemplateContent? Template { get; init; }
    public SnippetUse? Snippet { get; init; }
}

/// <param name="Variables">Values by name besides the contact's and the writer's own, which they may replace.</param>
public sealed record SnippetUse(string Shortcut, IReadOnlyDictionary<string, string> Variables);

/// <summary>A message's content, and the drafts that it takes.</summary>
public sealed record Composed(MessageContent Content, IReadOnlyList<UploadId> Drafts);

/// <summary>Turns what a person wants to send into a message's content. Its drafts are taken here, and kept or returned once the post is decided.</summary>
public sealed class ComposeMessage(DraftUses drafts, ChannelTemplates templates, FillSnippet snippets)
{
    /// <param name="contact">To whom it goes: fills the variables of a snippet, as does <paramref name="author"/>.</param>
    public async Task<Result<Composed>> RunAsync(
        Channel channel, ProviderTraits provider, Contact contact, Actor author, ConversationId conversation, Wording wording, string requestKey,
        CancellationToken cancellationToken)
    {
        if (Contradiction(wording) is { } contradiction) return contradiction;
        if (wording.Template is { } template)
            return (await templates.FillAsync(channel, template, cancellationToken)).Then(content => new Composed(content, []));
        if (wording.VoiceNoteId is { } voice)
            return await VoiceAsync(channel, provider, conversation, voice, requestKey, cancellationToken);
        if (wording.Snippet is { } use)
        {
            Result<FilledSnippet> filled = await snippets.RunAsync(channel.Workspace, use, contact, author, cancellationToken);
            return filled.Refusal is { } unknown ? unknown : await SnippetAsync(channel, conversation, wording, filled.Value, requestKey, cancellationToken);
        }
        if (wording.AttachmentIds.Count > 0) return await FilesAsync(channel, conversation, wording, requestKey, cancellationToken);
        return string.IsNullOrWhiteSpace(wording.Text)
            ? Refusal.Malformed("text", "The message is empty.")
            : new Composed(MessageContent.OfText(wording.Text), []);
    }

    /// <summary>The message is posted: its files stay.</summary>
    public async Task PostedAsync(WorkspaceId workspace, Composed composed, CancellationToken cancellationToken)
    {
        foreach (UploadId id in composed.Drafts) await drafts.KeepAsync(workspace, id, cancellationToken);
    }

    /// <summary>The message was refused: its drafts may go with another.</summary>
    public async Task RefusedAsync(WorkspaceId workspace, Composed composed, string requestKey, CancellationToken cancellationToken)
    {
        foreach (UploadId id in composed.Drafts) await drafts.ReturnAsync(workspace, id, requestKey, cancellationToken);
    }

    private static Refusal? Contradiction(Wording wording)
    {
        bool files = wording.AttachmentIds.Count > 0;
        bool text = !string.IsNullOrWhiteSpace(wording.Text);
        if (wording.Template is not null && (files || text || wording.VoiceNoteId is not null))
            return Refusal.Malformed("template", "A template goes alone: without text, attachments or a voice note.");
        if (wording.Snippet is not null && (text || wording.Template is not null || wording.VoiceNoteId is not null))
            return Refusal.Malformed("snippet", "A snippet brings its own text: it goes without text, template or voice note.");
        if (wording.VoiceNoteId is not null && (files || text)) return Refusal.Malformed("voiceNoteId", "A voice note goes alone: without text or attachments.");
        if (wording.AttachmentIds.Count > AttachmentRules.MaximumFiles)
            return Refusal.Rule("too_many_attachments", $"At most {AttachmentRules.MaximumFiles} files in one message.", "attachmentIds");
        return wording.AttachmentIds.Distinct(StringComparer.Ordinal).Count() == wording.AttachmentIds.Count
            ? null
            : Refusal.Malformed("attachmentIds", "A file stands in the list twice.");
    }

    /// <summary>The snippet's text and files, and what the writer adds to them.</summary>
    private async Task<Result<Composed>> SnippetAsync(
        Channel channel, ConversationId conversation, Wording wording, FilledSnippet filled, string requestKey, CancellationToken cancellationToken)
    {
        int files = filled.Files.Count + wording.AttachmentIds.Count;
        if (files > AttachmentRules.MaximumFiles)
            return Refusal.Rule("too_many_attachments", $"With the snippet's files there are {files}; at most {AttachmentRules.MaximumFiles} go in one message.", "attachmentIds");
        Result<Composed> added = await FilesAsync(channel, conversation, wording, requestKey, cancellationToken);
        return added.Then(composed =>
        {
            Attachment[] attachments = [.. filled.Files.Select(f => AttachmentOf(f.Id, f.File)), .. composed.Content.Attachments];
            return composed with
            {
                Content = new MessageContent
                {
                    Kind = KindOf(attachments),
                    Text = string.IsNullOrWhiteSpace(filled.Text) ? null : filled.Text,
                    Attachments = attachments,
                    MissingVariables = filled.MissingVariables,
                },
            };
        });
    }

    private async Task<Result<Composed>> FilesAsync(
        Channel channel, ConversationId conversation, Wording wording, string requestKey, CancellationToken cancellationToken)
    {
        var taken = new List<UploadId>();
        var attachments = new List<Attachment>();
        Refusal? refusal = null;
        foreach ((int index, string text) in wording.AttachmentIds.Index())
        {
            Result<StoredFile> file = UploadId.TryParse(text, out UploadId id) && id.Kind == UploadKind.Attachment
                ? await drafts.TakeAsync(channel.Workspace, id, conversation, requestKey, cancellationToken)
                : Refusal.Rule("attachment_unknown", $"No attachment {text}.", "attachmentIds");
            refusal = file.Refusal is { } wrong ? wrong.At($"attachmentIds[{index}]") : null;
            if (refusal is not null) break;
            taken.Add(id);
            attachments.Add(AttachmentOf(id, file.Value));
        }
        var content = new MessageContent
        {
            Kind = KindOf(attachments),
            Text = string.IsNullOrWhiteSpace(wording.Text) ? null : wording.Text,
            Attachments = attachments,
        };
        var composed = new Composed(content, taken);
        if (refusal is null) return composed;
        await RefusedAsync(channel.Workspace, composed, requestKey, cancellationToken);
        return refusal;
    }

    private async Task<Result<Composed>> VoiceAsync(
        Channel channel, ProviderTraits provider, ConversationId conversation, string text, string requestKey, CancellationToken cancellationToken)
    {
        if (!UploadId.TryParse(text, out UploadId id) || id.Kind != UploadKind.VoiceNote)
            return Refusal.Rule("voice_note_unknown", "No such voice note.", "voiceNoteId");
        Result<StoredFile> file = await drafts.TakeAsync(channel.Workspace, id, conversation, requestKey, cancellationToken);
        return file.Then(stored => new Composed(new MessageContent
        {
            // Only Ogg with Opus is shown as a voice note; anything else goes as a recording to play.
            Kind = provider.SendsVoice && channel.Type == ChannelType.WhatsApp && stored.Facts.ContentType == "audio/ogg; codecs=opus"
                ? MessageKind.Voice
                : MessageKind.Audio,
            Attachments = [AttachmentOf(id, stored)],
        }, [id]));
    }

    private static MessageKind KindOf(IReadOnlyList<Attachment> attachments) =>
        attachments.Count > 0 ? FileTypes.KindOf(attachments[0].ContentType) : MessageKind.Text;

    private static Attachment AttachmentOf(UploadId id, StoredFile file) =>
        new(id.Value, file.Facts.ContentType, AttachmentState.Ready, file.Size, file.Facts.FileName, Key: file.Key);
}
