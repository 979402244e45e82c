using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Domain.Contacts;

public sealed class When_one_contact_is_made_of_two
{
    private static readonly ContactIdentity OtherAddress = new(ChannelType.Sms, "+15550003333");
    private static readonly ContactId Other = ContactId.Of(Given.Workspace, OtherAddress);
    private static readonly MergeWork Work = new(Given.Workspace, Given.ContactId, Other, new Actor(ActorKind.Agent, Given.Ana.Value, "Ana"));

    private static readonly Contact Secondary = Given.Contact(OtherAddress) with { Id = Other };

    [Fact]
    public void Lets_the_primary_win_and_the_secondary_fill_the_gaps()
    {
        Contact primary = Begun() with { Name = "Zoë", Tags = ["vip"], Attributes = new Dictionary<string, string> { ["city"] = "Lima" } };
        Contact secondary = Secondary with
        {
            Name = "Zoe B.",
            Language = "es",
            Tags = ["vip", "lead"],
            Attributes = new Dictionary<string, string> { ["city"] = "Cusco", ["plan"] = "gold" },
        };

        Contact merged = TakeOver(primary, secondary);

        Assert.Equal(("Zoë", "es"), (merged.Name, merged.Language));
        Assert.Equal(["vip", "lead"], merged.Tags);
        Assert.Equal(("Lima", "gold"), (merged.Attributes["city"], merged.Attributes["plan"]));
        Assert.Equal([Given.Customer, OtherAddress], merged.Identities);
        Assert.Equal([Other], merged.MergedFrom);
        Assert.Null(merged.Merging);
    }

    [Fact]
    public void Keeps_every_opt_out_and_the_latest_time_of_each_channel()
    {
        Contact primary = Begun() with { OptedOutChannels = [Given.ChannelId()], LastInboundAt = Heard((1, 5), (2, 1)) };
        Contact secondary = Secondary with { OptedOutChannels = [Given.ChannelId(2)], LastInboundAt = Heard((2, 3), (3, 4)) };

        Contact merged = TakeOver(primary, secondary);

        Assert.Equal([Given.ChannelId(), Given.ChannelId(2)], merged.OptedOutChannels);
        Assert.Equal(Heard((1, 5), (2, 3), (3, 4)).OrderBy(p => p.Key), merged.LastInboundAt.OrderBy(p => p.Key));
    }

    [Fact]
    public void Brings_the_surveys_along_and_takes_an_answer_for_the_one_asked_at_that_address()
    {
        Survey first = Asked(Other, OtherAddress, 2), second = Asked(Given.ContactId, Given.Customer, 3), third = Asked(Given.ContactId, Given.Customer, 4);

        Contact merged = TakeOver(Begun() with { Surveys = [second, third] }, Secondary with { Surveys = [first] });

        Assert.Equal([first, second, third], merged.Surveys);
        Assert.Equal(first, Surveys.Awaiting(merged, Given.ChannelId(), OtherAddress, Given.Now));
        Assert.Equal(third, Surveys.Awaiting(merged, Given.ChannelId(), Given.Customer, Given.Now));
        Assert.Equal(third, Surveys.Awaiting(merged, Given.ChannelId(), new ContactIdentity(ChannelType.Sms, "+15550009999"), Given.Now));
        Assert.Equal(third.Id.Conversation, Surveys.HomeOf(third, new ContactState(merged, null)));
        Assert.Equal(Given.ConversationId, Surveys.HomeOf(first, new ContactState(merged, Given.Conversation())));
        Assert.Null(Surveys.HomeOf(first, new ContactState(merged, null)));
    }

    [Fact]
    public void Ends_the_secondarys_conversation_for_that_reason()
    {
        var open = Given.Conversation() with { Id = new ConversationId(Other, 1) };
        var state = new ContactState(Secondary with { OpenConversation = open.Id, Conversations = 1 }, open);

        ContactState after = state.Apply(MergeRules.Leave(state, Work, Given.Now).Events);

        Assert.Equal(new ClosedBy(ClosedSource.Merge, Given.Ana.Value), after.Latest!.ClosedBy);
        Assert.Equal((Given.ContactId, null), (after.Contact!.MergedInto, after.Contact.OpenConversation));
    }

    [Fact]
    public void Does_nothing_twice()
    {
        Contact merged = TakeOver(Begun(), Secondary);

        Assert.Empty(MergeRules.TakeOver(new ContactState(merged, null), Secondary, Work, Given.Now).Events);
        Assert.Empty(MergeRules.Leave(new ContactState(merged, null), Work, Given.Now).Events);
        Assert.Empty(MergeRules.Begin(new ContactState(Begun(), null), Work, Given.Now).Events);
    }

    [Fact]
    public void Refuses_itself_strangers_chains_and_circles()
    {
        Contact primary = Given.Contact();
        ContactId third = ContactId.Of(Given.Workspace, new ContactIdentity(ChannelType.Viber, "x"));

        (Refusal? Refusal, string Code, string? Field, ContactId? Named)[] refused =
        [
            (MergeRules.Refused(Given.ContactId, primary, Given.ContactId, primary), "merge_refused", "secondaryId", null),
            (MergeRules.Refused(Given.ContactId, primary, Other, null), "not_found", "secondaryId", null),
            (MergeRules.Refused(Given.ContactId, primary with { MergedInto = third }, Other, Secondary), "contact_merged", null, third),
            (MergeRules.Refused(Given.ContactId, primary with { MergedInto = Other }, Other, Secondary), "contact_merged", null, Other),
            (MergeRules.Refused(Given.ContactId, primary, Other, Secondary with { MergedInto = third }), "contact_merged", "secondaryId", third),
        ];

        Assert.All(refused, r => Assert.Equal((r.Code, r.Field), (r.Refusal!.Code, r.Refusal.Field)));
        Assert.All(refused, r => Assert.Contains(r.Named?.Value ?? "", r.Refusal!.Message, StringComparison.Ordinal));
        Assert.Null(MergeRules.Refused(Given.ContactId, primary, Other, Secondary));
        Assert.Null(MergeRules.Refused(Given.ContactId, primary, Other, Secondary with { MergedInto = Given.ContactId }));
    }

    [Fact]
    public void Finds_no_contact_that_was_erased()
    {
        Contact primary = Given.Contact(), erased = EraseContact.Emptied(primary, Given.Now), gone = EraseContact.Emptied(Secondary, Given.Now);

        Refusal?[] refusals =
        [
            MergeRules.Refused(Given.ContactId, erased, Other, Secondary), MergeRules.Refused(Given.ContactId, primary, Other, gone),
            MergeRules.Begin(new ContactState(erased, null), Work, Given.Now).Refusal, MergeRules.Leave(new ContactState(gone, null), Work, Given.Now).Refusal,
        ];

        Assert.All(refusals, r => Assert.Equal(RefusalKind.NotFound, r!.Kind));
    }

    [Fact]
    public void Is_not_cut_in_two_by_an_erasure()
    {
        Assert.Equal("merge_in_progress", EraseContact.Decide(new ContactState(Begun(), null), Given.ContactId, Work.By, Given.Now).Refusal?.Code);
        // The secondary leads to the primary by now.
        Assert.Equal("contact_merged", EraseContact.Decide(new ContactState(Given.Contact(), null), Other, Work.By, Given.Now).Refusal?.Code);
    }

    [Fact]
    public void Lets_no_two_merges_form_a_circle()
    {
        // Each of the two is just taking in the other.
        var state = new ContactState(Secondary with { Merging = Given.ContactId }, null);

        Assert.Equal("merge_in_progress", MergeRules.Leave(state, Work, Given.Now).Refusal?.Code);
        Assert.Equal("merge_in_progress", MergeRules.Begin(new ContactState(Begun() with { Merging = Given.ContactId }, null), Work, Given.Now).Refusal?.Code);
    }

    private static Contact Begun() => new ContactState(Given.Contact(), null).Apply(new MergeBegun(Other, Given.Now)).Contact!;

    private static Contact TakeOver(Contact primary, Contact secondary)
    {
        var state = new ContactState(primary, null);
        return state.Apply(MergeRules.TakeOver(state, secondary, Work, Given.Now).Events).Contact!;
    }

    private static Dictionary<string, DateTimeOffset> Heard(params (byte Channel, int Hour)[] times) =>
        times.ToDictionary(t => Given.ChannelId(t.Channel).Value, t => Given.Now.AddHours(t.Hour));

    private static Survey Asked(ContactId contact, ContactIdentity at, int minute) => new(
        new SurveyId(new ConversationId(contact, 1), minute), Given.ChannelId(), Owner.None, null, Given.Now.AddMinutes(minute - 10),
        new SurveyState { Status = SurveyStatus.Sent, SentAt = Given.Now.AddMinutes(minute - 10) })
    {
        AskedAt = at,
    };
}
