using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging.Templates;

namespace LiveDesk.Functions.Api.Templates;

internal sealed record TemplateView(
    ChannelId ChannelId, string? ProviderId, string Name, string Language, TemplateStatus Status, string? Category, string? Body, string? Header,
    string? Footer, IReadOnlyList<string> Variables, string? Reason, DateTimeOffset SyncedAt)
{
    public static IEnumerable<TemplateView> Of(Channel channel, SyncedTemplates? templates) =>
        from t in templates?.Items ?? []
        select new TemplateView(
            channel.Id, t.ProviderId, t.Name, t.Language, t.Status, t.Category, t.Body, t.Header, t.Footer, t.Variables, t.Reason, templates!.SyncedAt);

    /// <summary>What a list goes on after.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Place => $"{ChannelId}:{Name}:{Language}:{ProviderId}";
}
