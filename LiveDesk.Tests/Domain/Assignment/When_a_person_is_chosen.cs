using FsCheck;
using FsCheck.Fluent;
using LiveDesk.Domain.Assignment;

namespace LiveDesk.Tests.Domain.Assignment;

public class When_a_person_is_chosen
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void By_load_the_one_with_fewest_conversations_below_the_limit_gets_it()
    {
        PersonCandidate[] people = [Person("a", held: 2), Person("b", held: 1), Person("c", held: 0, own: 0), Person("d", held: 3)];
        Assert.Equal(new PersonChoice("b", PersonChoiceReason.LowestLoad), PeopleSelection.ByLoad(people, 3));
        Assert.Equal(new PersonChoice("b", PersonChoiceReason.LowestLoad), PeopleSelection.ByLoad(people, null));
    }

    [Fact]
    public void An_equal_load_goes_to_who_waited_longest_then_by_id()
    {
        PersonCandidate[] people = [Person("a", since: Noon), Person("c", since: Noon.AddHours(-1)), Person("b", since: Noon.AddHours(-1))];
        Assert.Equal("b", PeopleSelection.ByLoad(people, 3).AgentId);
        Assert.Equal("z", PeopleSelection.ByLoad([.. people, Person("z")], 3).AgentId); // never had one
    }

    [Theory]
    [InlineData(null, 2, 2, true)] // the channel's limit
    [InlineData(3, 2, 2, false)] // an own limit is above it
    [InlineData(1, 9, 1, true)] // or below
    [InlineData(0, null, 0, true)]
    [InlineData(null, null, 500, false)]
    [InlineData(2, null, 3, true)] // held by hand above the limit
    public void An_own_limit_stands_in_place_of_the_channels(int? own, int? channel, int held, bool full)
    {
        PersonCandidate person = Person("a", held, own);
        Assert.Equal(full ? PersonChoiceReason.EverybodyFull : PersonChoiceReason.LowestLoad, PeopleSelection.ByLoad([person], channel).Reason);
        Assert.Equal(full, PeopleSelection.ByCustomWorkload([person], channel).AgentId is null);
    }

    [Fact]
    public void In_turn_the_one_without_a_conversation_for_longest_gets_it_whatever_the_load()
    {
        PersonCandidate[] people =
            [Person("a", held: 99, own: 1, since: Noon.AddHours(-2)), Person("b", since: Noon.AddHours(-1)), Person("joined", since: Noon)];
        Assert.Equal(new PersonChoice("a", PersonChoiceReason.NextInTurn), PeopleSelection.InTurn(people));
        people[0] = people[0] with { TurnSince = Noon.AddMinutes(1) };
        Assert.Equal("b", PeopleSelection.InTurn(people).AgentId);
        people[1] = people[1] with { TurnSince = Noon.AddMinutes(2) };
        Assert.Equal("joined", PeopleSelection.InTurn(people).AgentId);
    }

    [Fact]
    public void Who_takes_nothing_is_passed_over_also_in_turn() =>
        Assert.Equal(PersonChoiceReason.EverybodyFull, PeopleSelection.InTurn([Person("a", own: 0)]).Reason);

    [Fact]
    public void Who_was_offline_has_not_lost_the_turn()
    {
        PersonCandidate away = Person("a", since: Noon.AddHours(-5)) with { Online = false };
        PersonCandidate here = Person("b", since: Noon);
        Assert.Equal("b", PeopleSelection.InTurn([away, here]).AgentId);
        Assert.Equal("a", PeopleSelection.InTurn([away with { Online = true }, here]).AgentId);
    }

    [Fact]
    public void By_custom_workload_who_may_hold_more_gets_more()
    {
        var people = new List<PersonCandidate> { Person("a", own: 2), Person("b", own: 4), Person("c", own: 0) };
        var given = new List<string?>();
        for (PersonChoice choice; (choice = PeopleSelection.ByCustomWorkload(people, null)).AgentId is not null;)
        {
            int i = people.FindIndex(person => person.AgentId == choice.AgentId);
            people[i] = people[i] with { Held = people[i].Held + 1, TurnSince = Noon.AddMinutes(given.Count) };
            given.Add(choice.AgentId);
        }

        Assert.Equal(["a", "b", "b", "a", "b", "b"], given);
    }

    [Fact]
    public void Who_has_no_limit_counts_as_the_largest_and_is_never_full()
    {
        Assert.Equal("limited", PeopleSelection.ByCustomWorkload([Person("free", held: 5), Person("limited", held: 1, own: 4)], null).AgentId);
        Assert.Equal("free", PeopleSelection.ByCustomWorkload([Person("free", held: 5), Person("limited", held: 4, own: 4)], null).AgentId);
    }

    [Fact]
    public void Nobody_is_chosen_with_the_reason()
    {
        Assert.Equal(new PersonChoice(null, PersonChoiceReason.NoMembers), PeopleSelection.ByLoad([], 3));
        Assert.Equal(new PersonChoice(null, PersonChoiceReason.NoMembers), PeopleSelection.InTurn([Person("a") with { Member = false }]));
        Assert.Equal(new PersonChoice(null, PersonChoiceReason.NobodyOnline), PeopleSelection.ByLoad([Person("a") with { Online = false }], 3));
        Assert.Equal(new PersonChoice(null, PersonChoiceReason.EverybodyFull), PeopleSelection.ByLoad([Person("a", held: 3)], 3));
    }

    [Fact]
    public void The_former_owner_comes_first_if_free()
    {
        Assert.Equal(new PersonChoice("a", PersonChoiceReason.FormerOwner), PeopleSelection.FormerOwner(Person("a", held: 2), 3));
        Assert.Equal(PersonChoiceReason.EverybodyFull, PeopleSelection.FormerOwner(Person("a", held: 3), 3).Reason);
        Assert.Equal(PersonChoiceReason.NobodyOnline, PeopleSelection.FormerOwner(Person("a") with { Online = false }, 3).Reason);
        Assert.Equal(PersonChoiceReason.NoMembers, PeopleSelection.FormerOwner(Person("a") with { Member = false }, 3).Reason);
    }

    [Fact]
    public void Nobody_ever_exceeds_a_limit_and_order_of_input_does_not_matter()
    {
        Gen<PersonCandidate> person =
            from id in Gen.Choose(0, 20)
            from online in Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false)))
            from member in Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false)))
            from held in Gen.Choose(0, 5)
            from own in Gen.Elements<int?>(null, 0, 1, 3, 5)
            from since in Gen.Choose(0, 3)
            select new PersonCandidate($"ag_{id:00}", online, member, held, own, since == 0 ? null : Noon.AddMinutes(since));
        Gen<(List<PersonCandidate> People, int? Limit)> cases =
            from people in Gen.ListOf(person)
            from limit in Gen.Elements<int?>(null, 0, 2, 4)
            select (people.DistinctBy(p => p.AgentId).ToList(), limit);

        Prop.ForAll(cases.ToArbitrary(), test =>
        {
            List<PersonCandidate> reversed = [.. Enumerable.Reverse(test.People)];
            Func<IReadOnlyCollection<PersonCandidate>, PersonChoice>[] strategies =
                [p => PeopleSelection.ByLoad(p, test.Limit), p => PeopleSelection.ByCustomWorkload(p, test.Limit), PeopleSelection.InTurn];
            foreach (var choose in strategies)
            {
                PersonChoice choice = choose(test.People);
                Assert.Equal(choice, choose(reversed));
                if (choice.AgentId is null) continue;
                PersonCandidate chosen = test.People.Single(p => p.AgentId == choice.AgentId);
                Assert.True(chosen is { Online: true, Member: true });
                Assert.NotEqual(0, chosen.OwnLimit);
                if (choice.Reason != PersonChoiceReason.NextInTurn) Assert.True(chosen.Held < (chosen.OwnLimit ?? test.Limit ?? int.MaxValue));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static PersonCandidate Person(string id, int held = 0, int? own = null, DateTimeOffset? since = null) =>
        new(id, true, true, held, own, since);
}
