using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Snippets;
using LiveDesk.Tests.Support;

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
        Contact contact = Given.Contact(new ContactIdentity(ChannelType.WhatsApp, "+15550001111")) with
        {
            Name = "Ana",
            Attributes = new Dictionary<string, string> { ["plan"] = "gold" },
        };

        Assert.Equal(said, ContactVariables.Fill(text, contact));
    }
}
