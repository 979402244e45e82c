using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workflows;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.Support;
using Moq;

namespace LiveDesk.Tests.Domain.Workflows;

public sealed class When_something_may_set_a_workflow_off
{
    private static readonly Actor Person = new(ActorKind.Agent, Given.Ana.Value, "Ana");

    private static readonly DomainEvent Opened = new ConversationOpened(Given.Conversation(), Person, Given.Now);

    [Fact]
    public void Names_what_happened_and_from_where()
    {
        DomainEvent[] events =
        [
            new ContactCreated(Given.Contact(), Given.Now),
            Opened,
            new MessageReceived(Given.Message() with { Direction = MessageDirection.In }, Given.Customer, Given.ChannelId(), Given.Now),
            new ConversationTagged(Given.ConversationId, ["vip", "new"], ["old"], Person, Given.Now),
            new ConversationClosed(Given.ConversationId, new ClosedBy(ClosedSource.Merge), null, Person, Given.Now),
            new ConversationRead(Given.ConversationId, Given.Ana.Value, 1, Given.Now),
        ];

        TriggerEvent[] happened = [.. WorkflowTriggers.Of(Given.ContactId, Entry(events))];

        Assert.Equal(
            [("contact.created", null), ("conversation.opened", "contact"), ("message.received", null), ("tag.added", "vip"), ("tag.added", "new"), ("conversation.closed", "merge")],
            happened.Select(h => (h.Event, h.Source)));
        Assert.Equal(happened.Length, happened.Select(h => h.Key).Distinct().Count());
        Assert.Equal(happened, WorkflowTriggers.Of(Given.ContactId, Entry(events)));
    }

    [Fact]
    public void Is_not_moved_by_who_is_blocked() => Assert.Empty(WorkflowTriggers.Of(Given.ContactId, Entry(
        new MessageReceived(Given.Message(), Given.Customer, Given.ChannelId(), Given.Now)) with { Contact = Given.Contact() with { Blocked = true } }));

    [Theory]
    [InlineData("conversation.opened", null, true)]
    [InlineData("conversation.opened", "contact", true)]
    [InlineData("conversation.opened", "CONTACT", true)]
    [InlineData("conversation.opened", "user", false)]
    [InlineData("conversation.closed", null, false)]
    [InlineData("manual", null, false)]
    public void Fits_event_and_source(string trigger, string? source, bool setOff) =>
        Assert.Equal(setOff, WorkflowTriggers.IsSetOff(Workflow(trigger, source), Happened(Person)));

    [Theory]
    [InlineData("wf_other", 1, true)]
    [InlineData("wf_other", 4, true)]
    [InlineData("wf_other", 5, false)]
    [InlineData("wf_1", 1, false)]
    public void Goes_on_from_another_workflow_for_a_while_and_never_from_itself(string by, int depth, bool setOff) =>
        Assert.Equal(setOff, WorkflowTriggers.IsSetOff(
            Workflow("conversation.opened", null), Happened(new Actor(ActorKind.Workflow, by, "Other", depth))));

    [Fact]
    public void Does_nothing_while_it_is_not_active() =>
        Assert.False(WorkflowTriggers.IsSetOff(Workflow("conversation.opened", null) with { Active = false }, Happened(Person)));

    [Fact]
    public async Task Has_a_name_for_each_run_that_telling_twice_does_not_change()
    {
        Workflow each = Workflow("conversation.opened", null), once = each with { Id = "wf_2", Trigger = new WorkflowTrigger("conversation.opened", null, true) };
        var store = new Mock<IResourceStore<Workflow>>();
        store.Setup(s => s.ListRecentAsync(Given.Workspace, It.IsAny<CancellationToken>())).ReturnsAsync([each, once]);
        var fire = new FireWorkflows(store.Object);

        IReadOnlyList<WorkItem> first = await fire.OfAsync(Given.Workspace, Given.ContactId, [Entry(Opened)], CancellationToken.None);
        IReadOnlyList<WorkItem> again = await fire.OfAsync(Given.Workspace, Given.ContactId, [Entry(Opened)], CancellationToken.None);
        IReadOnlyList<WorkItem> later = await fire.OfAsync(Given.Workspace, Given.ContactId, [Entry(Opened) with { Sequence = 8 }], CancellationToken.None);

        Assert.Equal(first, again);
        Assert.NotEqual(Key(first, "wf_1"), Key(later, "wf_1"));
        Assert.Equal(Key(first, "wf_2"), Key(later, "wf_2"));
        Assert.All(first, work => Assert.Equal(1, ((WorkflowWork)work).Depth));
    }

    private static string Key(IEnumerable<WorkItem> runs, string workflow) => runs.OfType<WorkflowWork>().Single(w => w.WorkflowId == workflow).Key;

    private static OutboxEntry Entry(params DomainEvent[] events) => new(7, events, Given.Contact(), Given.Conversation());

    private static TriggerEvent Happened(Actor by) => new("conversation.opened", "contact", Given.ContactId, Given.ConversationId, "k", by, Given.Now);

    private static Workflow Workflow(string trigger, string? source) => new()
    {
        Workspace = Given.Workspace, Id = "wf_1", Name = "Welcome", Trigger = new WorkflowTrigger(trigger, source), CreatedAt = Given.Now,
    };
}
