using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Assignment;

/// <summary>The people of a workspace. Whatever may set somebody free hands out what waits.</summary>
public sealed class ManageAgents(IDeskStore desk, IWorkQueues queues, IRandomSource random, TimeProvider time)
{
    private const int MaximumLimit = 10_000;
    private const int Attempts = 20;

    private static readonly TimeSpan SafetyDelay = TimeSpan.FromSeconds(30);

    public async Task<Result<AgentSnapshot>> CreateAsync(
        WorkspaceId workspace, string name, string? email, Role role, int? limit, CancellationToken cancellationToken)
    {
        var agent = new Agent
        {
            Workspace = workspace,
            Id = AgentId.From(random.Bytes(10)),
            Name = name.Trim(),
            Email = email,
            Role = role,
            Limit = limit,
            CreatedAt = time.GetUtcNow(),
        };
        return Refused(agent) is { } refusal ? refusal : await desk.AddAgentAsync(agent, cancellationToken);
    }

    /// <param name="change">Applied to the agent as it is; the held count changes under it all the time.</param>
    /// <param name="expected">The version that the caller read; null: any.</param>
    public async Task<Result<AgentSnapshot>> ChangeAsync(
        WorkspaceId workspace, AgentId id, Func<Agent, Agent> change, Func<string, bool>? expected, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (await desk.FindAgentAsync(workspace, id, cancellationToken) is not { } read) return Refusal.NotFound("agent");
            if (expected?.Invoke(read.Version) == false) return new Refusal(RefusalKind.Stale, "stale", "The agent has been changed since you read it.");
            Agent next = change(read.Agent);
            next = next with { Name = next.Name.Trim() };
            if (Refused(next) is { } refusal) return refusal;
            if (next == read.Agent) return read;
            if (await desk.ReplaceAgentAsync(read, next, cancellationToken) is not { } saved) continue;
            await queues.PutAsync(new DrainWork(workspace), cancellationToken);
            return saved;
        }
        return Busy;
    }

    /// <summary>The person is gone at once; what the person held is put back into the queue by the work item.</summary>
    /// <param name="expected">The version that the caller read; null: any.</param>
    public async Task<Result<Agent>> DeleteAsync(WorkspaceId workspace, AgentId id, Func<string, bool>? expected, CancellationToken cancellationToken)
    {
        if (await desk.FindAgentAsync(workspace, id, cancellationToken) is null) return Refusal.NotFound("agent");
        HiddenWork work = await queues.PutHiddenAsync(new AgentGoneWork(workspace, id), SafetyDelay, cancellationToken);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            AgentSnapshot? read = await desk.FindAgentAsync(workspace, id, cancellationToken);
            Refusal? refusal = read is null ? Refusal.NotFound("agent")
                : expected?.Invoke(read.Version) == false ? new Refusal(RefusalKind.Stale, "stale", "The agent has been changed since you read it.")
                : null;
            if (refusal is not null)
            {
                await queues.RemoveAsync(work, cancellationToken);
                return refusal;
            }
            if (!await desk.DeleteAgentAsync(read!, cancellationToken)) continue;
            await queues.RevealAsync(work, cancellationToken);
            return read!.Agent;
        }
        return Busy;
    }

    private static Refusal Busy => new(RefusalKind.Unavailable, "busy", "The agent is being changed by others. Try again.");

    private static Refusal? Refused(Agent agent)
    {
        if (agent.Name.Length is 0 or > 200) return Refusal.Malformed("name", "1 to 200 characters.");
        if (agent.Email is { } email && (email.Length > 320 || !email.Contains('@', StringComparison.Ordinal))) return Refusal.Malformed("email", "Must be an e-mail address.");
        return agent.Limit is < 0 or > MaximumLimit ? Refusal.Malformed("limit", $"0 to {MaximumLimit}, or null for the channel's.") : null;
    }
}
