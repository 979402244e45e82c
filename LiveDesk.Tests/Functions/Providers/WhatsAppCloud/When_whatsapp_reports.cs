using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging;
using static LiveDesk.Tests.Functions.Providers.Meta.MetaChannels;

namespace LiveDesk.Tests.Functions.Providers.WhatsAppCloud;

public sealed class When_whatsapp_reports
{
    [Fact]
    public void Finds_our_message_and_puts_the_failure_into_words()
    {
        ParsedWebhook parsed = ParseWhatsApp(Fixture("WhatsAppCloud/failed-status.json").Replace("MESSAGE", OurMessage.Value, StringComparison.Ordinal));

        var failed = (InboundReceipt)parsed.Events[0];
        Assert.Equal((DeliveryStatus.Failed, "wamid.OUT1", OurMessage), (failed.Status, failed.ProviderId, failed.MessageId));
        Assert.Equal(("window_closed", "131047"), (failed.Failure!.Code, failed.Failure.ProviderCode));
        Assert.Contains("template", failed.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1780000010), failed.OccurredAt);
    }

    [Fact]
    public void Counts_statuses_that_it_does_not_know_and_reads_the_rest()
    {
        ParsedWebhook parsed = ParseWhatsApp(Fixture("WhatsAppCloud/failed-status.json"));

        Assert.Equal(["status:deleted", "status:warning"], parsed.Unknown);
        var read = (InboundReceipt)parsed.Events[1];
        Assert.Equal((DeliveryStatus.Read, null, "IN.2081978709342942"), (read.Status, read.MessageId, read.Recipient!.Identities.Single().Address));
    }

    [Theory]
    [InlineData("sent", DeliveryStatus.Sent)]
    [InlineData("delivered", DeliveryStatus.Delivered)]
    [InlineData("read", DeliveryStatus.Read)]
    public void Knows_each_status(string word, DeliveryStatus status) =>
        Assert.Equal(status, Assert.IsType<InboundReceipt>(Assert.Single(
            ParseWhatsApp(Value($$""" "statuses":[{"id":"wamid.1","status":"{{word}}","timestamp":"1"}] """)).Events)).Status);

    [Fact]
    public void Says_that_the_channel_is_broken_if_a_status_says_so()
    {
        ParsedWebhook parsed = ParseWhatsApp(Value("""
            "statuses":[{"id":"wamid.1","status":"failed","timestamp":"1","errors":[{"code":131042,"title":"Business eligibility payment issue"}]}]
            """));

        InboundNotice notice = Assert.IsType<InboundNotice>(parsed.Events[1]);
        Assert.Equal(ChannelHealthState.Failed, notice.Health);
        Assert.Contains("payment", notice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Fails_without_a_reason_if_none_is_given() =>
        Assert.Equal("WhatsApp gave no reason.", ((InboundReceipt)ParseWhatsApp(
            Value(""" "statuses":[{"id":"wamid.1","status":"failed","timestamp":"1"}] """)).Events.Single()).Failure!.Message);

    [Theory]
    [InlineData("account_update", """ "event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"DISABLE","waba_ban_date":"June 1"} """, ChannelHealthState.Failed, "disabled")]
    [InlineData("account_update", """ "event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"SCHEDULE_FOR_DISABLE"} """, ChannelHealthState.Degraded, "going to")]
    [InlineData("account_update", """ "event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"REINSTATE"} """, ChannelHealthState.Ok, "again")]
    [InlineData("account_update", """ "event":"ACCOUNT_VIOLATION","violation_info":{"violation_type":"SCAM"} """, ChannelHealthState.Degraded, "SCAM")]
    [InlineData("account_update", """ "event":"ACCOUNT_RESTRICTION","restriction_info":[{"restriction_type":"RESTRICTED_ADD_PHONE_NUMBER_ACTION"}] """, ChannelHealthState.Degraded, "RESTRICTED")]
    [InlineData("account_update", """ "event":"ACCOUNT_DELETED" """, ChannelHealthState.Failed, "deleted")]
    [InlineData("account_alerts", """ "alert_info":{"alert_severity":"CRITICAL","alert_status":"ACTIVE","alert_type":"X","alert_description":"Verify"} """, ChannelHealthState.Degraded, "Verify")]
    [InlineData("phone_number_quality_update", """ "display_phone_number":"+1 555-078-3881","event":"FLAGGED","current_limit":"TIER_1K" """, ChannelHealthState.Degraded, "TIER_1K")]
    [InlineData("phone_number_quality_update", """ "display_phone_number":"15550783881","event":"UNFLAGGED" """, ChannelHealthState.Ok, "lifted")]
    [InlineData("message_template_status_update", """ "event":"PAUSED","message_template_name":"sale","reason":"LOW_QUALITY" """, ChannelHealthState.Degraded, "sale (LOW_QUALITY)")]
    [InlineData("messages", """ "errors":[{"code":130429,"title":"Rate limit hit"}] """, ChannelHealthState.Degraded, "fast")]
    public void Turns_news_of_the_account_into_health(string field, string members, ChannelHealthState health, string words)
    {
        InboundNotice notice = Assert.IsType<InboundNotice>(Assert.Single(ParseWhatsApp(Value(members, field)).Events));

        Assert.Equal(health, notice.Health);
        Assert.Contains(words, notice.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("message_template_status_update", """ "event":"APPROVED","message_template_name":"sale" """)]
    [InlineData("phone_number_quality_update", """ "display_phone_number":"15550009999","event":"FLAGGED" """)]
    [InlineData("history", """ "history":[] """)]
    [InlineData("flows", """ "event":"x" """)]
    public void Counts_news_that_change_nothing(string field, string members)
    {
        ParsedWebhook parsed = ParseWhatsApp(Value(members, field));

        Assert.Empty(parsed.Events);
        Assert.Equal([$"field:{field}"], parsed.Unknown);
    }

    [Fact]
    public void Passes_over_news_of_another_account() =>
        Assert.Equal(["other_account"], ParseWhatsApp(
            Value(""" "event":"ACCOUNT_DELETED" """, "account_update").Replace(BusinessAccountId, "1", StringComparison.Ordinal)).Unknown);
}
