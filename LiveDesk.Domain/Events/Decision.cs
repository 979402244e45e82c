using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Events;

/// <summary>What a decision comes to: the events that then have happened (none, if nothing changes), or a refusal.</summary>
public sealed class Decision
{
    public static readonly Decision Nothing = new([], null);

    private Decision(IReadOnlyList<DomainEvent> events, Refusal? refusal) => (Events, Refusal) = (events, refusal);

    public IReadOnlyList<DomainEvent> Events { get; }

    public Refusal? Refusal { get; }

    public static Decision Of(params IReadOnlyList<DomainEvent> events) => new(events, null);

    public static implicit operator Decision(Refusal refusal) => new([], refusal);

    public static implicit operator Decision(DomainEvent happened) => new([happened], null);
}
