using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Domain.Workspaces;

public sealed class When_an_id_is_read
{
    private const string Key = "0123456789abcdefghjkmnpq";

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(ConversationId.MaximumNumber)]
    public void A_conversations_id_comes_back_the_same(int number)
    {
        var id = new ConversationId(Given.ContactId, number);

        Assert.True(ConversationId.TryParse(id.Value, out ConversationId read));
        Assert.Equal(id, read);
        Assert.StartsWith("cv_" + Given.ContactId.Key, id.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_messages_id_comes_back_the_same()
    {
        var random = new Random(7);
        for (int i = 0; i < 1_000; i++)
        {
            var conversation = new ConversationId(Given.ContactId, random.Next(1, ConversationId.MaximumNumber + 1));
            MessageId id = MessageId.Create(conversation, DateTimeOffset.UnixEpoch.AddMilliseconds(random.NextInt64(0, 253_402_300_799_999)), random.NextInt64(0, 1L << 40));

            Assert.True(MessageId.TryParse(id.Value, out MessageId read));
            Assert.Equal(id, read);
            Assert.Equal(conversation, read.Conversation);
        }
    }

    [Fact]
    public void A_time_before_1970_sorts_first_and_stays_an_id()
    {
        MessageId id = MessageId.Create(Given.ConversationId, DateTimeOffset.UnixEpoch.AddYears(-5), 1);

        Assert.Equal(0, id.OccurredAt);
        Assert.True(MessageId.TryParse(id.Value, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("cv_")]
    [InlineData("cv_" + Key)]
    [InlineData("cv_" + Key + "_")]
    [InlineData("cv_" + Key + "_0")]
    [InlineData("cv_" + Key + "_01")]
    [InlineData("cv_" + Key + "_1_")]
    [InlineData("cv_" + Key + "_-1")]
    [InlineData("cv_" + Key + "_ygj0")] // 1,000,000
    [InlineData("cv_" + Key + "_zzzzzzzzzzzz")]
    [InlineData("cv_" + Key + "_zzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("cv_" + Key + "_I")]
    [InlineData("cv_" + Key + "x_1")]
    [InlineData("cv_" + Key + "_1 ")]
    [InlineData(" cv_" + Key + "_1")]
    [InlineData("CV_" + Key + "_1")]
    [InlineData("ct_" + Key + "_1")]
    [InlineData("cv_0123456789ABCDEFGHJKMNPQ_1")]
    [InlineData("cv_0123456789abcdefghjkmni/_1")]
    [InlineData("cv_0123456789abcdefghjkmn'._1")]
    [InlineData("cv_" + Key + "_١")]
    public void A_conversations_id_is_nothing_else(string? text) => Assert.False(ConversationId.TryParse(text, out _));

    [Theory]
    [InlineData("ms_" + Key + "_1_1")]
    [InlineData("ms_" + Key + "_1_1_1_1")]
    [InlineData("ms_" + Key + "_0_1_1")]
    [InlineData("ms_" + Key + "_1__1")]
    [InlineData("ms_" + Key + "_1_01_1")]
    [InlineData("ms_" + Key + "_1_zzzzzzzzzzzz_1")]
    [InlineData("ms_" + Key + "_1_1_zzzzzzzzzzzzz")]
    [InlineData("cv_" + Key + "_1_1_1")]
    public void A_messages_id_is_nothing_else(string text) => Assert.False(MessageId.TryParse(text, out _));

    [Theory]
    [InlineData("ag_0123456789abcdef", true)]
    [InlineData("ag_0123456789abcde", false)]
    [InlineData("ag_0123456789abcdefg", false)]
    [InlineData("ag_0123456789abcdei", false)]
    [InlineData("ag_0123456789ABCDEF", false)]
    [InlineData("ch_0123456789abcdef", false)]
    [InlineData("ag_0123456789abcde\n", false)]
    [InlineData(null, false)]
    public void An_agents_id_has_one_spelling(string? text, bool valid) => Assert.Equal(valid, AgentId.TryParse(text, out _));

    [Theory]
    [InlineData("main", true)]
    [InlineData("a-1", true)]
    [InlineData("-a", false)]
    [InlineData("", false)]
    [InlineData("Main", false)]
    [InlineData("a:b", false)]
    [InlineData("a|b", false)]
    [InlineData("a/b", false)]
    [InlineData("é", false)]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456", false)]
    public void A_workspace_cannot_reach_into_another_ones_keys(string text, bool valid) => Assert.Equal(valid, WorkspaceId.TryParse(text, out _));

    [Fact]
    public void A_contact_is_found_by_number_on_either_channel_and_by_every_spelling()
    {
        ContactId Of(ChannelType type, string address, string? scope = null) => ContactId.Of(Given.Workspace, new ContactIdentity(type, address, scope));

        Assert.Equal(Of(ChannelType.WhatsApp, "+15550001111"), Of(ChannelType.Sms, "15550001111"));
        Assert.Equal(Of(ChannelType.WhatsApp, "+551187654321"), Of(ChannelType.Sms, "+5511987654321"));
        Assert.NotEqual(Of(ChannelType.WhatsApp, "+15550001111"), Of(ChannelType.Viber, "+15550001111"));
        Assert.NotEqual(Of(ChannelType.Messenger, "1", "page1"), Of(ChannelType.Messenger, "1", "page2"));
        Assert.NotEqual(Of(ChannelType.Sms, "+15550001111"), ContactId.Of(WorkspaceId.Parse("other"), new ContactIdentity(ChannelType.Sms, "+15550001111")));
        Assert.True(ContactId.TryParse(Of(ChannelType.WhatsApp, "IN.2081978709342942").Value, out _));
    }

    [Fact]
    public void Numbers_in_base_32_come_back_the_same()
    {
        foreach (long number in new[] { 0L, 1, 31, 32, 1023, 1024, 999_999, 253_402_300_799_999, (1L << 60) - 1 })
        {
            Assert.True(Base32.TryDecode(Base32.Encode(number), out long read));
            Assert.Equal(number, read);
        }
    }
}
