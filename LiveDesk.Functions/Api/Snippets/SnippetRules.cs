using LiveDesk.Domain.Messaging.Files;
using LiveDesk.Domain.Snippets;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Resources;

namespace LiveDesk.Functions.Api.Snippets;

internal sealed record SnippetRequest
{
    public required string Shortcut { get; init; }
    public required string Text { get; init; }
    public IReadOnlyList<string> AttachmentIds { get; init; } = [];
}

internal sealed record SnippetView(string Id, string Shortcut, string Text, IReadOnlyList<string> AttachmentIds, DateTimeOffset CreatedAt);

internal sealed class SnippetRules(IFileStore files, DraftUses drafts) : ResourceRules<Snippet, SnippetRequest, SnippetView>
{
    private const int MaximumShortcut = 50;
    private const int MaximumText = 10_000;
    private const int MaximumFiles = 15;

    public override string Path => "snippets";

    public override string Noun => "snippet";

    public override string IdPrefix => "sn";

    public override string NameField => "shortcut";

    public override int Maximum => 2_000;

    public override string NameOf(Snippet value) => value.Shortcut;

    public override SnippetRequest RequestOf(Snippet value) => new() { Shortcut = value.Shortcut, Text = value.Text, AttachmentIds = value.AttachmentIds };

    public override SnippetView View(Snippet value) => new(value.Id, value.Shortcut, value.Text, value.AttachmentIds, value.CreatedAt);

    public override async Task<Result<Snippet>> BuildAsync(ResourceDraft draft, SnippetRequest request, Snippet? before, CancellationToken cancellationToken)
    {
        string shortcut = request.Shortcut.Trim().TrimStart('/');
        List<FieldError> errors = [];
        errors.Name("shortcut", shortcut, MaximumShortcut);
        if (shortcut.Any(char.IsWhiteSpace)) errors.Add(new FieldError("shortcut", "Must have no spaces."));
        errors.AtMost("text", request.Text, MaximumText);
        if (request.Text.Trim().Length == 0 && request.AttachmentIds.Count == 0) errors.Add(new FieldError("text", "Must not be empty where there is no file."));
        if (request.AttachmentIds.Count > MaximumFiles) errors.Add(new FieldError("attachmentIds", $"At most {MaximumFiles} files."));
        if (errors.Count > 0) return Refusal.Malformed(errors);
        string[] files = [.. request.AttachmentIds.Distinct()];
        foreach ((int index, string? id) in files.Index())
            if (!(before?.AttachmentIds.Contains(id) ?? false) && !await KeepAsync(draft.Workspace, id, cancellationToken))
                return Refusal.Rule("attachment_unknown", "No such attachment; unused ones are kept for 24 hours.", $"attachmentIds[{index}]");
        return new Snippet
        {
            Workspace = draft.Workspace,
            Id = draft.Id,
            CreatedAt = draft.CreatedAt,
            Shortcut = shortcut,
            Text = request.Text,
            AttachmentIds = files,
        };
    }

    /// <summary>Takes the file out of the drafts before the snippet is saved, so that no sweep deletes it in between.</summary>
    private async Task<bool> KeepAsync(WorkspaceId workspace, string? id, CancellationToken cancellationToken)
    {
        if (!UploadId.TryParse(id, out UploadId upload) || upload.Kind != UploadKind.Attachment) return false;
        if (await files.FindAsync(upload.KeyIn(workspace), cancellationToken) is null) return false;
        await drafts.KeepAsync(workspace, upload, cancellationToken);
        // A sweep may have been at work already.
        return await files.FindAsync(upload.KeyIn(workspace), cancellationToken) is not null;
    }
}
