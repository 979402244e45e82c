using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Messaging.Files;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Snippets;

/// <summary>A snippet ready to be sent.</summary>
/// <param name="MissingVariables">Named in the text and left empty, for want of a value.</param>
public sealed record FilledSnippet(string Text, IReadOnlyList<(UploadId Id, StoredFile File)> Files, IReadOnlyList<string> MissingVariables);

/// <summary>Finds a snippet by its shortcut and fills its variables for one customer and one writer.</summary>
public sealed class FillSnippet(IResourceStore<Snippet> snippets, IFileStore files)
{
    /// <returns>422 <c>snippet_unknown</c> if there is none of that shortcut, <c>attachment_unknown</c> if a file of it is gone.</returns>
    public async Task<Result<FilledSnippet>> RunAsync(
        WorkspaceId workspace, SnippetUse use, Contact contact, Actor author, CancellationToken cancellationToken)
    {
        if (await FindAsync(workspace, use.Shortcut.Trim().TrimStart('/'), cancellationToken) is not { } snippet)
            return Refusal.Rule("snippet_unknown", "No snippet has this shortcut.", "snippet.shortcut");
        var variables = new Dictionary<string, string?>(ContactVariables.Of(contact), StringComparer.OrdinalIgnoreCase) { ["agent.name"] = author.Name };
        foreach ((string name, string value) in use.Variables) variables[name] = value;
        ExpandedSnippet expanded = SnippetExpansion.Expand(snippet.Text, variables);

        var found = new List<(UploadId, StoredFile)>();
        foreach (string text in snippet.AttachmentIds)
        {
            if (!UploadId.TryParse(text, out UploadId id) || await files.FindAsync(id.KeyIn(workspace), cancellationToken) is not { } file)
                return Refusal.Rule("attachment_unknown", $"The snippet's file {text} is gone.", "snippet.shortcut");
            found.Add((id, file));
        }
        return new FilledSnippet(expanded.Text, found, expanded.MissingVariables);
    }

    /// <summary>What is known of all tells the id; the text is read anew, or an old price might be sent.</summary>
    private async Task<Snippet?> FindAsync(WorkspaceId workspace, string shortcut, CancellationToken cancellationToken)
    {
        bool Named(Snippet s) => s.Shortcut.Equals(shortcut, StringComparison.OrdinalIgnoreCase);
        Snippet? known = (await snippets.ListRecentAsync(workspace, cancellationToken)).FirstOrDefault(Named);
        Snippet? fresh = known is null ? null : (await snippets.FindAsync(workspace, known.Id, cancellationToken))?.Value;
        return fresh is not null && Named(fresh)
            ? fresh
            : (await snippets.ListAsync(workspace, cancellationToken)).Select(s => s.Value).FirstOrDefault(Named);
    }
}
