using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Domain.Contacts;

public sealed class When_a_contact_is_edited
{
    private static readonly Actor Ana = new(ActorKind.Agent, Given.Ana.Value, "Ana");

    private static readonly ContactState Open = new(
        Given.Contact() with { Name = "Eva", Tags = ["vip"], OpenConversation = Given.ConversationId, Conversations = 1 }, Given.Conversation());

    [Fact]
    public void Blocking_closes_what_is_open_and_is_done_once()
    {
        Decision blocked = EditContact.Block(Open, Ana, Given.Now);
        ContactState after = Open.Apply(blocked.Events);

        Assert.True(after.Contact!.Blocked);
        Assert.Null(after.Open);
        Assert.Null(after.Contact.OpenConversation);
        Assert.Equal(ClosedSource.User, after.Latest!.ClosedBy!.Source);
        Assert.Empty(EditContact.Block(after, Ana, Given.Now).Events);
        Assert.False(after.Apply(EditContact.Unblock(after, Given.Now).Events).Contact!.Blocked);
    }

    [Fact]
    public void Erasing_leaves_id_counters_and_the_wish_to_be_left_alone()
    {
        var state = Open with { Contact = Open.Contact! with { OptedOutChannels = [Given.ChannelId()], NextSequence = 7 } };
        ContactState after = state.Apply(EraseContact.Decide(state, Given.ContactId, Ana, Given.Now).Events);

        Contact left = after.Contact!;
        Assert.True(left.IsErased);
        Assert.Equal((Given.ContactId, 1, Given.Now), (left.Id, left.Conversations, left.ErasedAt));
        Assert.Equal((null, 0, 0, 0, 0), (left.Name, left.Identities.Count, left.Tags.Count, left.Attributes.Count, left.LastInboundAt.Count));
        Assert.Equal([Given.ChannelId()], left.OptedOutChannels);
        Assert.Null(after.Open);
        Assert.Equal("not_found", EraseContact.Decide(after, Given.ContactId, Ana, Given.Now).Refusal!.Code);
        Assert.Equal("not_found", EditContact.Block(after, Ana, Given.Now).Refusal!.Code);
        Assert.Equal("not_found", OpenConversation.Decide(after, Given.Channel(), new OpenedBy(OpenedSource.User), Ana, Given.Now).Refusal!.Code);
    }

    [Fact]
    public void Whoever_comes_back_after_an_erasure_is_new_but_counted_on()
    {
        ContactState erased = Open.Apply(EraseContact.Decide(Open, Given.ContactId, Ana, Given.Now).Events);
        Decision created = EditContact.Create(
            erased, Given.Workspace, Given.ContactId, [Given.Customer], new ContactProfile("New", null, [], new Dictionary<string, string>()), Given.Now.AddDays(1));

        ContactState after = erased.Apply(created.Events);
        Assert.False(after.Contact!.IsErased);
        Assert.Equal(("New", 1, Given.Now, Given.Now.AddDays(1)), (after.Contact.Name, after.Contact.Conversations, after.Contact.ErasedAt, after.Contact.CreatedAt));
        Assert.Equal("contact_exists", EditContact.Create(
            after, Given.Workspace, Given.ContactId, [Given.Customer], new ContactProfile(null, null, [], new Dictionary<string, string>()), Given.Now).Refusal!.Code);
    }

    [Fact]
    public void An_emptied_message_says_only_that_it_was()
    {
        var message = new Message
        {
            Id = MessageId.Create(Given.ConversationId, Given.Now, 1),
            Direction = MessageDirection.In,
            Author = new Actor(ActorKind.Contact, Given.ContactId.Value, "Eva"),
            Content = new MessageContent { Kind = MessageKind.Location, Text = "Here", Location = new Location(42.2, -8.7), Raw = "{}" },
            ProviderId = "wamid.1",
            OccurredAt = Given.Now,
            ReceivedAt = Given.Now,
        };
        Message empty = EraseContact.Emptied(message);

        Assert.Equal((message.Id, MessageKind.Location, null, null), (empty.Id, empty.Content.Kind, empty.Author.Name, empty.ProviderId));
        Assert.Equal((null, null, null), (empty.Content.Text, empty.Content.Location, empty.Content.Raw));
    }

    [Fact]
    public void A_change_names_what_it_changes_and_nothing_else()
    {
        Decision changed = EditContact.Change(
            Open, c => new ContactProfile("Eva Ruiz", c.Language, c.Tags, new Dictionary<string, string> { ["city"] = "Vigo" }), null, Given.Now);

        Assert.Equal(["name", "attributes"], Assert.IsType<ContactUpdated>(Assert.Single(changed.Events)).Changed);
        Assert.Empty(EditContact.Change(Open, c => new ContactProfile(c.Name, c.Language, [.. c.Tags], c.Attributes), null, Given.Now).Events);
    }
}
