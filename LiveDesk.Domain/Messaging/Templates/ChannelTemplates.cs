using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Messaging.Templates;

/// <summary>A channel's templates as they were last read from the provider.</summary>
public sealed record SyncedTemplates(IReadOnlyList<MessageTemplate> Items, DateTimeOffset SyncedAt);

public interface ITemplateStore
{
    /// <returns>Null if the channel's templates were never read.</returns>
    Task<SyncedTemplates?> FindAsync(WorkspaceId workspace, ChannelId channel, CancellationToken cancellationToken);

    Task ReplaceAsync(WorkspaceId workspace, ChannelId channel, SyncedTemplates templates, CancellationToken cancellationToken);
}

/// <summary>The templates of a channel: read from the provider, kept, and filled in for a message.</summary>
public sealed class ChannelTemplates(ITemplateStore store, IProviderCatalog providers, TimeProvider time)
{
    public Task<SyncedTemplates?> FindAsync(Channel channel, CancellationToken cancellationToken) =>
        store.FindAsync(channel.Workspace, channel.Id, cancellationToken);

    public async Task<Result<SyncedTemplates>> SyncAsync(Channel channel, CancellationToken cancellationToken)
    {
        if (providers.Find(channel.Provider) is not ITemplateSource source)
            return Refusal.Rule("templates_unsupported", $"The provider {channel.Provider} has no templates.", "channelId");
        Result<IReadOnlyList<MessageTemplate>> listed = await source.ListTemplatesAsync(channel, cancellationToken);
        if (listed.Refusal is { } refusal) return refusal;
        var synced = new SyncedTemplates(
            [.. listed.Value.OrderBy(t => t.Name, StringComparer.Ordinal).ThenBy(t => t.Language, StringComparer.Ordinal)], time.GetUtcNow());
        await store.ReplaceAsync(channel.Workspace, channel.Id, synced, cancellationToken);
        return synced;
    }

    /// <summary>A message of a template; a channel that was never synced is synced now.</summary>
    /// <param name="wanted">The name (or the provider's id), perhaps the language, and the variables.</param>
    public async Task<Result<MessageContent>> FillAsync(Channel channel, TemplateContent wanted, CancellationToken cancellationToken)
    {
        if (providers.Find(channel.Provider) is not ITemplateSource source)
            return Refusal.Rule("templates_unsupported", $"The provider {channel.Provider} has no templates.", "template");
        SyncedTemplates? known = await FindAsync(channel, cancellationToken);
        if (known is null)
        {
            Result<SyncedTemplates> synced = await SyncAsync(channel, cancellationToken);
            if (synced.Refusal is { } unread && !source.IsProviderId(wanted.Name)) return unread;
            known = synced.Accepted ? synced.Value : new SyncedTemplates([], time.GetUtcNow());
        }
        Result<MessageTemplate> chosen = TemplateRules.Choose(known.Items, wanted.Name, wanted.Language);
        if (chosen.Refusal is { Code: "template_unknown", Field: "template.name" } && source.IsProviderId(wanted.Name))
            return new MessageContent { Kind = MessageKind.Template, Template = wanted with { ProviderId = wanted.Name } };
        if (chosen.Refusal is { } unknown) return unknown;
        MessageTemplate template = chosen.Value;
        if ((TemplateRules.Unusable(template, channel.Type) ?? TemplateRules.Faults(template, wanted.Variables)) is { } refused) return refused;
        return new MessageContent
        {
            Kind = MessageKind.Template,
            Text = TemplateRules.Render(template.Body, wanted.Variables),
            Template = new TemplateContent(template.Name, template.Language, wanted.Variables, template.ProviderId),
        };
    }
}
