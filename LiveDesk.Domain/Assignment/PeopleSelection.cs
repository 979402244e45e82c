namespace LiveDesk.Domain.Assignment;

/// <summary>A person as the choice of an owner sees them.</summary>
/// <param name="Online">False while busy or offline.</param>
/// <param name="Member">Of the channel, or of the team a rule named.</param>
/// <param name="Held">Open conversations of this person over all channels; snoozed and closed ones are not held.</param>
/// <param name="OwnLimit">The person's own; 0 takes nothing, null: the channel's.</param>
/// <param name="TurnSince">
/// When a conversation of this channel was last assigned to them, or, if none was, when they became a member: who joins waits a round.
/// </param>
public sealed record PersonCandidate(string AgentId, bool Online, bool Member, int Held, int? OwnLimit = null, DateTimeOffset? TurnSince = null);

/// <summary>Why a person was chosen, or nobody.</summary>
public enum PersonChoiceReason
{
    /// <summary>Lowest number of held conversations.</summary>
    LowestLoad,

    /// <summary>Longest without a conversation.</summary>
    NextInTurn,

    /// <summary>Lowest share of the limit in use.</summary>
    LowestShareOfLimit,

    /// <summary>The owner of before.</summary>
    FormerOwner,

    NoMembers,
    NobodyOnline,
    EverybodyFull,
}

/// <param name="AgentId">Null: nobody, and the conversation waits.</param>
public sealed record PersonChoice(string? AgentId, PersonChoiceReason Reason);

/// <summary>
/// Chooses who gets a conversation. A choice, not a claim: the slot has still to be taken by a conditional write, and a lost race chooses
/// again. Who is offline, busy or no member is never chosen; a person whose own limit is 0 takes nothing under any strategy.
/// </summary>
public static class PeopleSelection
{
    /// <summary>Fewest held conversations below the limit; then longest without one; then by id.</summary>
    /// <param name="channelLimit">For people without a limit of their own; null: none.</param>
    public static PersonChoice ByLoad(IReadOnlyCollection<PersonCandidate> people, int? channelLimit) =>
        Choose(people, PersonChoiceReason.LowestLoad, person => HasRoom(person, channelLimit), (person, _) => person.Held);

    /// <summary>Longest without a conversation of this channel; then by id. Limits are not looked at, except an own limit of 0.</summary>
    public static PersonChoice InTurn(IReadOnlyCollection<PersonCandidate> people) =>
        Choose(people, PersonChoiceReason.NextInTurn, person => person.OwnLimit != 0, (_, _) => 0);

    /// <summary>
    /// Smallest part of the limit in use, so that who may hold twice as much gets twice as much. A person without any limit counts as one
    /// with the largest limit among the others, but is never full.
    /// </summary>
    public static PersonChoice ByCustomWorkload(IReadOnlyCollection<PersonCandidate> people, int? channelLimit) =>
        Choose(people, PersonChoiceReason.LowestShareOfLimit, person => HasRoom(person, channelLimit), (person, eligible) =>
        {
            int limit = Limit(person, channelLimit) ?? eligible.Max(other => Limit(other, channelLimit)) ?? 1;
            return (decimal)person.Held / limit;
        });

    /// <summary>The last human owner of a reopened conversation, if online, still a member and below the limit.</summary>
    public static PersonChoice FormerOwner(PersonCandidate former, int? channelLimit)
    {
        ArgumentNullException.ThrowIfNull(former);
        return Choose([former], PersonChoiceReason.FormerOwner, person => HasRoom(person, channelLimit), (_, _) => 0);
    }

    private static PersonChoice Choose(
        IReadOnlyCollection<PersonCandidate> people, PersonChoiceReason reason,
        Func<PersonCandidate, bool> hasRoom, Func<PersonCandidate, List<PersonCandidate>, decimal> burden)
    {
        ArgumentNullException.ThrowIfNull(people);
        List<PersonCandidate> members = [.. people.Where(person => person.Member)];
        if (members.Count == 0) return new PersonChoice(null, PersonChoiceReason.NoMembers);
        List<PersonCandidate> online = members.FindAll(person => person.Online);
        if (online.Count == 0) return new PersonChoice(null, PersonChoiceReason.NobodyOnline);
        List<PersonCandidate> eligible = online.FindAll(person => hasRoom(person));
        if (eligible.Count == 0) return new PersonChoice(null, PersonChoiceReason.EverybodyFull);

        PersonCandidate chosen = eligible
            .OrderBy(person => burden(person, eligible))
            .ThenBy(person => person.TurnSince ?? DateTimeOffset.MinValue)
            .ThenBy(person => person.AgentId, StringComparer.Ordinal)
            .First();
        return new PersonChoice(chosen.AgentId, reason);
    }

    private static int? Limit(PersonCandidate person, int? channelLimit) => person.OwnLimit ?? channelLimit;

    private static bool HasRoom(PersonCandidate person, int? channelLimit) => Limit(person, channelLimit) is not { } limit || person.Held < limit;
}
