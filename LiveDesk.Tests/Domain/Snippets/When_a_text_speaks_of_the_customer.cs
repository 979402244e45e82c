using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Snippets;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Tests.Domain.Snippets;

public sealed class When_a_text_speaks_of_the_customer
{
    [Theory]
    [InlineData("Hello {{contact.name}}!", "Hello Ana!")]
    [InlineData("{{ Contact.PhoneNumber }} {{contact.attributes.plan}}", "+15550001111 gold")]
    [InlineData("[{{contact.language}}{{contact.attributes.none}}{{agent.name}}]", "[]")]
    [InlineData("No variables {here}", "No variables {here}")]
    public void Says_what_is_known_and_leaves_out_the_rest(string text, string said)
    {
        var identity = new ContactIdentity(LiveDesk.Domain.Channels.ChannelType.WhatsApp, "+15550001111");
        var contact = new Contact
        {
            Id = ContactId.Of(new WorkspaceId("main"), identity),
            Workspace = new WorkspaceId("main"),
            Name = "Ana",
            Identities = [identity],
            Attributes = new Dictionary<string, string> { ["plan"] = "gold" },
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
        };

        Assert.Equal(said, ContactVariables.Fill(text, contact));
    }
}
