using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;

namespace LiveDesk.Tests.Domain.Messaging.Files;

public sealed class When_a_message_carries_files
{
    private const long Megabyte = 1024 * 1024;

    [Theory]
    [InlineData("image/jpeg", 5 * Megabyte, "caption", null, null)]
    [InlineData("image/jpeg", 5 * Megabyte + 1, null, "attachment_too_large", "attachmentIds")]
    [InlineData("image/gif", 1, null, "attachment_type_refused", "attachmentIds")]
    [InlineData("video/mp4", 16 * Megabyte, "caption", null, null)]
    [InlineData("video/webm", 1, null, "attachment_type_refused", "attachmentIds")]
    [InlineData("audio/ogg; codecs=opus", 16 * Megabyte, null, null, null)]
    [InlineData("audio/mpeg", 1, "a text", "text_with_attachment_refused", "text")]
    [InlineData("application/pdf", 100 * Megabyte, "caption", null, null)]
    [InlineData("application/pdf", 100 * Megabyte + 1, null, "attachment_too_large", "attachmentIds")]
    [InlineData("application/octet-stream", 1, null, null, null)]
    public void Takes_what_WhatsApp_takes_and_names_what_it_refuses(string type, long size, string? text, string? code, string? field)
    {
        Decision decision = Post(text, Some.Traits, File(type, size));

        Assert.Equal((code, field), (decision.Refusal?.Code, decision.Refusal?.Field));
    }

    [Fact]
    public void Refuses_more_files_than_one_message_takes_and_says_how_many_it_takes()
    {
        Decision decision = Post(null, Some.Traits, File("image/png", 1), File("image/png", 1));

        Assert.Equal("too_many_attachments", decision.Refusal?.Code);
        Assert.Contains("takes 1 in one message", decision.Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_caption_that_is_longer_than_the_channel_shows()
    {
        Assert.Equal("text_too_long", Post(new string('x', 1_025), Some.Traits, File("image/png", 1)).Refusal?.Code);
        Assert.Null(Post(new string('x', 1_024), Some.Traits, File("image/png", 1)).Refusal);
    }

    [Fact]
    public void Refuses_any_file_on_a_channel_that_carries_text_only() =>
        Assert.Equal(
            "attachment_type_refused",
            Post(null, Some.Traits with { Media = new Dictionary<ChannelType, MediaLimits>() }, File("image/png", 1)).Refusal?.Code);

    [Fact]
    public void Adds_up_the_files_where_the_sum_is_limited()
    {
        var mms = new MediaLimits(10, [new MediaRule("image/*", 5 * Megabyte)], MaximumTotal: 5 * Megabyte);
        ProviderTraits traits = Some.Traits with { Media = new Dictionary<ChannelType, MediaLimits> { [ChannelType.WhatsApp] = mms } };

        Assert.Null(Post(null, traits, File("image/png", 2 * Megabyte), File("image/png", 3 * Megabyte)).Refusal);
        Assert.Equal("attachment_too_large", Post(null, traits, File("image/png", 3 * Megabyte), File("image/png", 3 * Megabyte)).Refusal?.Code);
    }

    private static Attachment File(string type, long size) => new("at_x", type, AttachmentState.Ready, size, "f", Key: "uploads/main/at_x");

    private static Decision Post(string? text, ProviderTraits traits, params Attachment[] files) => PostMessage.Decide(
        Some.State,
        new PostMessageCommand(
            Some.ConversationId, LiveDesk.Domain.Workspaces.Actor.System, new MessageContent { Kind = MessageKind.Image, Text = text, Attachments = files },
            Some.Channel, traits),
        Some.Now);
}
