using System.Text.Json;
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
    private const int Attempts = 20;

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
            WebhookToken = new WebhookToken(NewToken()),
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

    /// <param name="change">What is to change, of the channel as it is; asked again after every conflict.</param>
    /// <param name="unfit">Refuses a version that the caller does not mean; asked again after every conflict.</param>
    /// <returns>The channel as it is then.</returns>
    public Task<Result<ChannelSnapshot>> ChangeAsync(
        ChannelSnapshot read, Func<Channel, Result<ChannelChange>> change, Func<ChannelSnapshot, Refusal?> unfit, CancellationToken cancellationToken)
    {
        var check = new CredentialsCheck(providers.Find(read.Channel.Provider)!);
        return UntilSavedAsync(read, unfit, NextAsync, cancellationToken);

        async Task<Result<Channel>> NextAsync(ChannelSnapshot current)
        {
            Result<ChannelChange> wanted = change(current.Channel);
            if (wanted.Refusal is { } refusal) return refusal;
            Result<Channel> next = await ChangedAsync(current, wanted.Value, check, cancellationToken);
            return next.Accepted && Same(current.Channel, next.Value) ? current.Channel : next;
        }
    }

    /// <summary>Asks the provider again, and sets the channel's health by the answer.</summary>
    public async Task<Result<ChannelSnapshot>> VerifyAsync(
        ChannelSnapshot read, Func<ChannelSnapshot, Refusal?> unfit, CancellationToken cancellationToken)
    {
        IProvider provider = providers.Find(read.Channel.Provider)!;
        var check = new CredentialsCheck(provider);
        Refusal? refused = null;
        Result<ChannelSnapshot> saved = await UntilSavedAsync(read, unfit, NextAsync, cancellationToken);
        return refused is not null && saved.Accepted ? refused : saved;

        async Task<Result<Channel>> NextAsync(ChannelSnapshot current)
        {
            Channel channel = current.Channel;
            refused = await check.RefusedAsync(channel, cancellationToken);
            if (refused?.Kind == RefusalKind.Unavailable) return refused;
            return channel with
            {
                Health = refused is null
                    ? Confirmed(provider, channel)
                    : channel.Health.Then(new ChannelHealth(ChannelHealthState.Failed, refused.Message, time.GetUtcNow())),
            };
        }
    }

    /// <summary>A new webhook URL; the old one works for another 24 hours.</summary>
    public Task<Result<ChannelSnapshot>> RotateTokenAsync(
        ChannelSnapshot read, Func<ChannelSnapshot, Refusal?> unfit, CancellationToken cancellationToken)
    {
        // Drawn once: whoever repeats a request after a crash draws the same again, and finds it there already.
        string drawn = NewToken();
        return UntilSavedAsync(read, unfit, NextAsync, cancellationToken);

        Task<Result<Channel>> NextAsync(ChannelSnapshot current)
        {
            WebhookToken old = current.Channel.WebhookToken;
            WebhookToken next = old.Current == drawn ? old : new WebhookToken(drawn, old.Current, time.GetUtcNow() + TokenOverlap);
            return Task.FromResult<Result<Channel>>(current.Channel with { WebhookToken = next });
        }
    }

    public Task<Result<ChannelSnapshot>> AddMemberAsync(
        ChannelSnapshot read, AgentId agent, Func<ChannelSnapshot, Refusal?> unfit, CancellationToken cancellationToken) =>
        ChangeAsync(read, channel => new ChannelChange(AgentIds: [.. channel.AgentIds, agent]), unfit, cancellationToken);

    public Task<Result<ChannelSnapshot>> RemoveMemberAsync(
        ChannelSnapshot read, AgentId agent, Func<ChannelSnapshot, Refusal?> unfit, CancellationToken cancellationToken) =>
        ChangeAsync(read, channel => new ChannelChange(AgentIds: [.. channel.AgentIds.Where(a => a != agent)]), unfit, cancellationToken);

    private async Task<Result<Channel>> ChangedAsync(
        ChannelSnapshot read, ChannelChange change, CredentialsCheck check, CancellationToken cancellationToken)
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
        if (change.Credentials is null) return next;
        if (change.Verify && await check.RefusedAsync(next, cancellationToken) is { } refused) return refused;
        if (!await channels.ReserveAddressAsync(read, next, cancellationToken))
            return Refusal.Conflict("phone_number_taken", "Another channel has this number or service already.").At("credentials");
        // Credentials that nobody has checked mend no channel that has failed.
        return change.Verify || channel.Health.State != ChannelHealthState.Failed ? next with { Health = Confirmed(provider, next) } : next;
    }

    /// <summary>The health of a channel whose credentials are good.</summary>
    private ChannelHealth Confirmed(IProvider provider, Channel channel) => channel.Health.Then(
        ChannelHealth.Working(provider.Caveat(channel), time.GetUtcNow()));

    /// <summary>
    /// Members, settings, credentials and health of a channel are one row, which several may write at once: whoever comes second decides again on
    /// what the first has made of it.
    /// </summary>
    private async Task<Result<ChannelSnapshot>> UntilSavedAsync(
        ChannelSnapshot read, Func<ChannelSnapshot, Refusal?> unfit, Func<ChannelSnapshot, Task<Result<Channel>>> decide, CancellationToken cancellationToken)
    {
        ChannelSnapshot? current = read;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (current is null) return Refusal.NotFound("channel");
            if (unfit(current) is { } stale) return stale;
            Result<Channel> next = await decide(current);
            if (next.Refusal is { } refusal) return refusal;
            if (await SaveAsync(current, next.Value, cancellationToken) is { } saved) return saved;
            current = await channels.LoadAsync(read.Channel.Workspace, read.Channel.Id, cancellationToken);
        }
        return new Refusal(RefusalKind.Unavailable, "busy", "The channel is being changed by others. Try again.");
    }

    /// <param name="next">The very channel that was read if nothing changes; then its version stays.</param>
    /// <returns>Null if the version is no longer the stored one.</returns>
    private async Task<ChannelSnapshot?> SaveAsync(ChannelSnapshot read, Channel next, CancellationToken cancellationToken)
    {
        // Put before the change and seen after it, so that what follows from it surely comes: whoever loses the right to conversations gives them up,
        // and a new member or a higher limit serves those who wait.
        List<HiddenWork> work = [await queues.PutHiddenAsync(new DrainWork(next.Workspace), SafetyDelay, cancellationToken)];
        if (Releases(read.Channel, next))
            work.Add(await queues.PutHiddenAsync(new ChannelReleaseWork(next.Workspace, next.Id), SafetyDelay, cancellationToken));
        ChannelSnapshot? saved = ReferenceEquals(next, read.Channel) ? read : await channels.ReplaceAsync(read, next, cancellationToken);
        foreach (HiddenWork item in work)
            await (saved is null ? queues.RemoveAsync(item, cancellationToken) : queues.RevealAsync(item, cancellationToken));
        return saved;
    }

    private static bool Same(Channel one, Channel other) =>
        JsonSerializer.Serialize(one, DomainJson.Options) == JsonSerializer.Serialize(other, DomainJson.Options);

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

    private string NewToken() => Base32.Encode(random.Bytes(20));

    /// <summary>Asks the provider about credentials once, however often the change that they are part of is decided.</summary>
    private sealed class CredentialsCheck(IProvider provider)
    {
        private (Channel Channel, Refusal? Refused)? _asked;

        public async Task<Refusal?> RefusedAsync(Channel channel, CancellationToken cancellationToken)
        {
            if (_asked is not { } asked || !Same(asked.Channel.Credentials, channel.Credentials))
                _asked = asked = (channel, await provider.CheckCredentialsAsync(channel, cancellationToken));
            return asked.Refused;
        }

        private static bool Same(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
            one.Count == other.Count && !one.Except(other).Any();
    }
}

/// <param name="AutoCloseMinimum">The shortest time after which a conversation may close by itself.</param>
public sealed record ManageChannelsLimits(TimeSpan AutoCloseMinimum);
