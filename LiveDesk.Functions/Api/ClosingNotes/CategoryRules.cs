using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Resources;

namespace LiveDesk.Functions.Api.ClosingNotes;

internal sealed record CategoryRequest
{
    public required string Name { get; init; }
}

internal sealed record CategoryView(string Id, string Name, DateTimeOffset CreatedAt);

internal sealed class CategoryRules : ResourceRules<ClosingNoteCategory, CategoryRequest, CategoryView>
{
    public override string Path => "closing-note-categories";

    public override string Noun => "closing_note_category";

    public override string IdPrefix => "cat";

    public override string NameOf(ClosingNoteCategory value) => value.Name;

    public override CategoryRequest RequestOf(ClosingNoteCategory value) => new() { Name = value.Name };

    public override CategoryView View(ClosingNoteCategory value) => new(value.Id, value.Name, value.CreatedAt);

    public override Task<Result<ClosingNoteCategory>> BuildAsync(
        ResourceDraft draft, CategoryRequest request, ClosingNoteCategory? before, CancellationToken cancellationToken)
    {
        List<FieldError> errors = [];
        errors.Name("name", request.Name);
        return Task.FromResult<Result<ClosingNoteCategory>>(errors.Count > 0
            ? Refusal.Malformed(errors)
            : new ClosingNoteCategory { Workspace = draft.Workspace, Id = draft.Id, CreatedAt = draft.CreatedAt, Name = request.Name.Trim() });
    }
}
