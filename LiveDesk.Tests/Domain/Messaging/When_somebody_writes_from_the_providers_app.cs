using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using static LiveDesk.Tests.Domain.Messaging.MessagingStories;

namespace LiveDesk.Tests.Domain.Messaging;

public sealed class When_somebody_writes_from_the_providers_app
{
    [Fact]
    public void Keeps_it_as_sent_and_sends_nothing()
    {
        MessagePosted posted = Decide(Written()).OfType<MessagePosted>().Single();

        Assert.Null(posted.To);
        Assert.Equal((MessageDirection.Out, "m_echo"), (posted.Message.Direction, posted.Message.ProviderId));
        Assert.Equal(DeliveryStatus.Sent, posted.Message.Status);
        Assert.Equal(Echo.OccurredAt, posted.Message.OccurredAt);
        Assert.Equal(new Actor(ActorKind.Agent), posted.Message.Author);
    }

    [Fact]
    public void Numbers_its_files_so_that_each_is_found_by_its_own_id()
    {
        var image = new Attachment("", "image/jpeg", AttachmentState.Pending, Source: "https://cdn.example.com/1");
        InboundEcho echo = Echo with { Content = new MessageContent { Kind = MessageKind.Image, Attachments = [image, image] } };

        Message message = ReceiveEcho.Decide(Written(), Workspace, Id, Page, echo, Now).OfType<MessagePosted>().Single().Message;

        Assert.Equal([$"{message.Id}_0", $"{message.Id}_1"], message.Content.Attachments.Select(a => a.Id));
    }

    [Fact]
    public void Counts_as_the_answer_of_a_person()
    {
        ContactState after = Written().Apply(Decide(Written()));

        Assert.Equal((Now, null, null), (after.Open!.FirstReplyAt, after.Open.FirstReplyBy, after.Open.CustomerWaitingSince));
        Assert.Equal(OwnerKind.None, after.Open.Owner.Kind);
    }

    [Fact]
    public void Takes_the_conversation_from_an_ai_agent()
    {
        ContactState before = HeldByAi();

        ContactState after = before.Apply(Decide(before));

        Assert.Equal(OwnerKind.None, after.Open!.Owner.Kind);
        Assert.Equal(before.Open!.OwnerVersion + 1, after.Open.OwnerVersion);
    }

    [Fact]
    public void Opens_a_conversation_by_the_company_if_none_is_open()
    {
        ContactState unknown = ContactState.None.Apply(Decide(ContactState.None));
        ContactState closed = Closed().Apply(Decide(Closed()));

        Assert.Equal((1, OpenedSource.User), (unknown.Open!.Id.Number, unknown.Open.OpenedBy.Source));
        Assert.Equal((2, OpenedSource.User), (closed.Open!.Id.Number, closed.Open.OpenedBy.Source));
        Assert.Equal(Sender.Identities, unknown.Contact!.Identities);
    }

    [Fact]
    public void Opens_nothing_for_a_blocked_contact()
    {
        IReadOnlyList<DomainEvent> events = Decide(Blocked());

        Assert.Equal(1, Assert.IsType<MessagePosted>(Assert.Single(events)).Message.Id.Conversation.Number);
    }

    private static IReadOnlyList<DomainEvent> Decide(ContactState state) => ReceiveEcho.Decide(state, Workspace, Id, Page, Echo, Now);
}
