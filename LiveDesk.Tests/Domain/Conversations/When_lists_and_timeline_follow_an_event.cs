using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Domain.Conversations;

public sealed class When_lists_and_timeline_follow_an_event
{
    private static readonly Owner Ana = Owner.Agent(Given.Ana, "Ana");

    [Fact]
    public void The_timeline_says_what_happened_who_did_it_and_why()
    {
        Actor luis = new(ActorKind.Agent, Given.Luis.Value, "Luis");
        (DomainEvent Event, string Text)[] lines =
        [
            (new ConversationOpened(Given.Conversation(), luis, Given.Now), "Opened by contact"),
            (new ConversationAssigned(Given.ConversationId, Ana, Owner.None, null, "load", luis, Given.Now), "Assigned to Ana (load)"),
            (new ConversationUnassigned(Given.ConversationId, Ana, "manual", luis, Given.Now), "Unassigned from Ana (manual)"),
            (new ConversationClosed(Given.ConversationId, new ClosedBy(ClosedSource.User), new ClosingNote("Sold", "x"), luis, Given.Now), "Closed by user: Sold"),
            (new ConversationClosed(Given.ConversationId, new ClosedBy(ClosedSource.Auto), null, Actor.System, Given.Now), "Closed by auto"),
        ];
        foreach ((DomainEvent happened, string text) in lines)
        {
            Message entry = Timeline.Entry(happened, 42)!;

            Assert.Equal((text, MessageDirection.Event, MessageKind.Event), (entry.Content.Text, entry.Direction, entry.Content.Kind));
            Assert.Equal((Given.ConversationId, 42L, Given.Now), (entry.Id.Conversation, entry.Id.Sequence, entry.OccurredAt));
            Assert.Null(entry.Status);
        }
        Assert.Equal(luis, Timeline.Entry(lines[0].Event, 1)!.Author);
    }

    [Theory]
    [InlineData(false, null, "Survey sent")]
    [InlineData(true, null, "Survey sent again")]
    [InlineData(true, "window_closed", "Survey reminder not sent (window_closed)")]
    public void The_timeline_says_whether_a_survey_was_asked_again(bool reminded, string? leftOut, string text)
    {
        SurveyState sent = SurveyTransitions.Apply(new SurveyState(), new SurveyWasSent(Given.Now)).Survey;
        SurveyState state = reminded ? SurveyTransitions.Apply(sent, new SurveyReminderIsDue(Given.Now.AddHours(1), leftOut)).Survey : sent;
        var survey = new Survey(new SurveyId(Given.ConversationId, 1), Given.ChannelId(), Ana, null, Given.Now, state);

        Assert.Equal(text, Timeline.Entry(new SurveyChanged(survey, Given.Now), 1)!.Content.Text);
    }

    [Fact]
    public void The_timeline_does_not_repeat_the_messages()
    {
        Assert.Null(Timeline.Entry(new MessagePosted(Given.Message(), null, Given.Now), 1));
        Assert.Null(Timeline.Entry(new ConversationRead(Given.ConversationId, Given.Ana.Value, 1, Given.Now), 1));
        Assert.Null(Timeline.Entry(new ContactCreated(Given.Contact(), Given.Now), 1));
    }

    [Fact]
    public void A_conversation_stands_in_the_list_of_everything_that_is_true_of_it()
    {
        Conversation conversation = Given.Conversation() with { Owner = Ana, TeamId = "t1", Tags = ["vip", "a|b"] };

        IReadOnlyList<string> views = InboxViews.Of(conversation);

        Assert.Equal(
            ["open", $"open|channel:{Given.ChannelId()}", $"open|agent:{Given.Ana}", "open|team:t1", "open|tag:vip", "open|tag:a%7Cb"], views);
        Assert.Equal(views.Count, views.Distinct().Count());
    }

    [Theory]
    [InlineData(OwnerKind.None, "|none")]
    [InlineData(OwnerKind.Ai, "|ai")]
    public void Somebody_or_nobody_has_it(OwnerKind kind, string view)
    {
        Conversation conversation = Given.Conversation() with { Owner = new Owner(kind, "x"), Status = ConversationStatus.Snoozed };

        Assert.Contains("snoozed" + view, InboxViews.Of(conversation));
    }

    [Fact]
    public void A_later_place_has_a_higher_version_and_a_later_activity()
    {
        ContactState before = Given.Talking();
        ContactState after = before;
        InboxPlace last = InboxViews.Place(before.Contact!, before.Latest!);
        for (int i = 0; i < 10; i++)
        {
            // All in the same millisecond.
            after = after.Apply(new ConversationAssigned(Given.ConversationId, Owner.Agent(Given.Agent((byte)i), "x"), Owner.None, null, "x", Actor.System, Given.Now));
            InboxPlace place = InboxViews.Place(after.Contact!, after.Latest!);
            Assert.True(place.Activity > last.Activity);
            last = place;
        }
    }

    [Fact]
    public void The_window_in_a_list_is_that_of_the_conversations_channel()
    {
        // The customer wrote on WhatsApp, then on SMS, and the desk goes on on WhatsApp.
        var sms = new ContactIdentity(ChannelType.Sms, "+15550001111");
        Contact contact = Given.Contact(sms, Given.Customer);

        InboxEntry entry = InboxViews.Entry(contact, Given.Conversation());

        Assert.Equal(contact.LastInboundAt[Given.ChannelId().Value].AddHours(24), entry.Item.WindowExpiresAt);
    }
}
