using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Channels;

/// <param name="Verify">False: the credentials are not checked with the provider.</param>
public sealed record NewChannel(
    ChannelType Type, string Provider, string Name, string? PhoneNumber, IReadOnlyDictionary<string, string> Credentials,
    IReadOnlyList<AgentId> AgentIds, ChannelSettings Settings, bool Verify);

/// <summary>What changes; null leaves as it is.</summary>
public sealed record ChannelChange(
    string? Name = null, IReadOnlyDictionary<string, string>? Credentials = null, IReadOnlyList<AgentId>? AgentIds = null, ChannelSettings? Settings = null,
    bool Verify = true);

/// <summary>The life of a channel. Nothing is saved before the provider has confirmed the credentials.</summary>
public sealed class ManageChannels(
    IChannelDirectory channels, IProviderCatalog providers, IDeskStore desk, IResourceStore<AiAgent> aiAgents, IWorkQueues queues, IRandomSource random,
    ManageChannelsLimits limits, TimeProvider time)
{
    private const int MaximumName = 200;
    private const int MaximumMembers = 1_000;

    private static readonly TimeSpan SafetyDelay = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan TokenOverlap = TimeSpan.FromHours(24);

    public async Task<Result<ChannelSnapshot>> CreateAsync(WorkspaceId workspace, NewChannel request, CancellationToken cancellationToken)
    {
        if (providers.Find(request.Provider) is not { } provider || !provider.Traits.Types.Contains(request.Type))
            return Refusal.Rule("provider_unknown", $"No provider '{request.Provider}' for this type of channel.", "provider");
        E164? number = null;
        if (request.PhoneNumber is not null)
        {
            if (!E164.TryParseExact(request.PhoneNumber, out E164 parsed)) return Refusal.Malformed("phoneNumber", "Must be an E.164 number, such as +14155550100.");
            number = parsed;
        }
        List<FieldError> errors = [.. provider.Validate(request.Type, number?.ToString(), request.Credentials)];
        errors.AddRange(ChannelSettingsValidation.Validate(request.Settings, limits.AutoCloseMinimum, provider.Traits.MaximumTextLength));
        CheckNameAndMembers(request.Name.Trim(), request.AgentIds, errors);
        if (errors.Count > 0) return Refusal.Malformed(errors);
        if (await UnknownAgentAsync(workspace, request.AgentIds, cancellationToken) is { } unknown) return unknown;
        if (await UnknownAiAgentAsync(workspace, new AiSettings(), request.Settings.Ai, cancellationToken) is { } noMachine) return noMachine;

        var channel = new Channel
        {
            Workspace = workspace,
            Id = ChannelId.From(random.Bytes(10)),
            Name = request.Name.Trim(),
            Type = request.Type,
            Provider = request.Provider,
            PhoneNumber = number,
            Credentials = request.Credentials,
            WebhookToken = NewToken(null),
            Settings = request.Settings,
            AgentIds = [.. request.AgentIds.Distinct()],
            CreatedAt = time.GetUtcNow(),
        };
        if (request.Verify && await provider.CheckCredentialsAsync(channel, cancellationToken) is { } refused) return refused;
        // An id is drawn from 80 random bits: whoever finds it taken repeats a request whose answer was lost.
        return await channels.LoadAsync(workspace, channel.Id, cancellationToken) is { } first
            ? first
            : await channels.AddAsync(channel with { Health = Confirmed(provider, channel) }, cancellationToken);
    }

    /// <returns>The channel as it is then; a refusal <c>stale</c> if it changed meanwhile.</returns>
    public async Task<Result<ChannelSnapshot>> ChangeAsync(ChannelSnapshot read, ChannelChange change, CancellationToken cancellationToken)
    {
        Channel channel = read.Channel;
        IProvider provider = providers.Find(channel.Provider)!;
        Channel next = channel with
        {
            Name = change.Name?.Trim() ?? channel.Name,
            Credentials = change.Credentials ?? channel.Credentials,
            AgentIds = change.AgentIds is { } members ? [.. members.Distinct()] : channel.AgentIds,
            Settings = change.Settings ?? channel.Settings,
        };
        List<FieldError> errors = [.. provider.Validate(channel.Type, channel.PhoneNumber?.ToString(), next.Credentials)];
        errors.AddRange(ChannelSettingsValidation.Validate(next.Settings, limits.AutoCloseMinimum, provider.Traits.MaximumTextLength));
        CheckNameAndMembers(next.Name, next.AgentIds, errors);
        if (errors.Count > 0) return Refusal.Malformed(errors);
        if (await UnknownAgentAsync(channel.Workspace, [.. next.AgentIds.Except(channel.AgentIds)], cancellationToken) is { } unknown) return unknown;
        if (await UnknownAiAgentAsync(channel.Workspace, channel.Settings.Ai, next.Settings.Ai, cancellationToken) is { } noMachine) return noMachine;
        if (change.Credentials is not null)
        {
            if (change.Verify && await provider.CheckCredentialsAsync(next, cancellationToken) is { } refused) return refused;
            if (!await channels.ReserveAddressAsync(read, next, cancellationToken))
                return Refusal.Conflict("phone_number_taken", "Another channel has this number or service already.").At("credentials");
            // Credentials that nobody has checked mend no channel that has failed.
            if (change.Verify || channel.Health.State != ChannelHealthState.Failed) next = next with { Health = Confirmed(provider, next) };
        }
        return await SaveAsync(read, next, cancellationToken);
    }

    /// <summary>Asks the provider again, and sets the channel's health by the answer.</summary>
    public async Task<Result<ChannelSnapshot>> VerifyAsync(ChannelSnapshot read, CancellationToken cancellationToken)
    {
        IProvider provider = providers.Find(read.Channel.Provider)!;
        Refusal? refused = await provider.CheckCredentialsAsync(read.Channel, cancellationToken);
        if (refused?.Kind == RefusalKind.Unavailable) return refused;
        ChannelHealth health = refused is null
            ? Confirmed(provider, read.Channel)
            : read.Channel.Health.Then(new ChannelHealth(ChannelHealthState.Failed, refused.Message, time.GetUtcNow()));
        Result<ChannelSnapshot> saved = await SaveAsync(read, read.Channel with { Health = health }, cancellationToken);
        return refused is not null && saved.Accepted ? refused : saved;
    }

    /// <summary>A new webhook URL; the old one works for another 24 hours.</summary>
    public Task<Result<ChannelSnapshot>> RotateTokenAsync(ChannelSnapshot read, CancellationToken cancellationToken) =>
        SaveAsync(read, read.Channel with { WebhookToken = NewToken(read.Channel.WebhookToken) }, cancellationToken);

    public Task<Result<ChannelSnapshot>> AddMemberAsync(ChannelSnapshot read, AgentId agent, CancellationToken cancellationToken) =>
        ChangeAsync(read, new ChannelChange(AgentIds: [.. read.Channel.AgentIds, agent]), cancellationToken);

    public Task<Result<ChannelSnapshot>> RemoveMemberAsync(ChannelSnapshot read, AgentId agent, CancellationToken cancellationToken) =>
        ChangeAsync(read, new ChannelChange(AgentIds: [.. read.Channel.AgentIds.Where(a => a != agent)]), cancellationToken);

    /// <summary>The health of a channel whose credentials are good.</summary>
    private ChannelHealth Confirmed(IProvider provider, Channel channel) => channel.Health.Then(
        ChannelHealth.Working(provider.Caveat(channel), time.GetUtcNow()));

    private async Task<Result<ChannelSnapshot>> SaveAsync(ChannelSnapshot read, Channel next, CancellationToken cancellationToken)
    {
        // Put before the change and seen after it, so that whoever loses the right to conversations surely gives them up.
        HiddenWork? release = Releases(read.Channel, next)
            ? await queues.PutHiddenAsync(new ChannelReleaseWork(next.Workspace, next.Id), SafetyDelay, cancellationToken)
            : null;
        ChannelSnapshot? saved = await channels.ReplaceAsync(read, next, cancellationToken);
        if (release is not null) await (saved is null ? queues.RemoveAsync(release, cancellationToken) : queues.RevealAsync(release, cancellationToken));
        if (saved is null) return new Refusal(RefusalKind.Stale, "stale", "The channel has been changed meanwhile. Read it again.");
        // A new member or a higher limit may serve somebody who waits.
        await queues.PutAsync(new DrainWork(next.Workspace), cancellationToken);
        return saved;
    }

    private static bool Releases(Channel before, Channel after) =>
        before.AgentIds.Except(after.AgentIds).Any() || (before.Settings.Ai.Enabled && !after.Settings.Ai.Enabled);

    private static void CheckNameAndMembers(string name, IReadOnlyList<AgentId> members, List<FieldError> errors)
    {
        if (name.Length is 0 or > MaximumName) errors.Add(new FieldError("name", $"1 to {MaximumName} characters."));
        if (members.Count > MaximumMembers) errors.Add(new FieldError("agentIds", $"At most {MaximumMembers} members."));
    }

    private async Task<Refusal?> UnknownAgentAsync(WorkspaceId workspace, IReadOnlyList<AgentId> ids, CancellationToken cancellationToken)
    {
        foreach (AgentId id in ids.Distinct())
            if (await desk.FindAgentAsync(workspace, id, cancellationToken) is null)
                return Refusal.Rule("agent_unknown", $"No agent {id}.", "agentIds");
        return null;
    }

    /// <summary>What was there before is not asked about again: it is not deleted while a channel names it.</summary>
    private async Task<Refusal?> UnknownAiAgentAsync(WorkspaceId workspace, AiSettings before, AiSettings after, CancellationToken cancellationToken) =>
        after.AiAgentId is not { } id || after == before || await aiAgents.FindAsync(workspace, id, cancellationToken) is not null
            ? null
            : Refusal.Rule("ai_agent_unknown", "No such AI agent.", "settings.ai.aiAgentId");

    private WebhookToken NewToken(WebhookToken? old) =>
        new(Base32.Encode(random.Bytes(20)), old?.Current, old is null ? null : time.GetUtcNow() + TokenOverlap);
}

/// <param name="AutoCloseMinimum">The shortest time after which a conversation may close by itself.</param>
public sealed record ManageChannelsLimits(TimeSpan AutoCloseMinimum);
