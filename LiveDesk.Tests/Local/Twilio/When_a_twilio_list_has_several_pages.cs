using Twilio.Base;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Rest.Content.V1;
using static LiveDesk.Tests.Local.Twilio.When_a_message_is_sent_with_the_twilio_client;

namespace LiveDesk.Tests.Local.Twilio;

public sealed class When_a_twilio_list_has_several_pages
{
    [Fact]
    public async Task Follows_the_relative_links_of_the_2010_api()
    {
        await using Receiver twilio = await Receiver.StartAsync((request, context) => Answer(
            200,
            request.Url.Contains("Page=1", StringComparison.Ordinal)
                ? """{"messages":[{"sid":"SM3"}],"page_size":2,"uri":"/2010-04-01/x","next_page_uri":null}"""
                : """{"messages":[{"sid":"SM1"},{"sid":"SM2"}],"page_size":2,"uri":"/2010-04-01/x","next_page_uri":"/2010-04-01/x?Page=1"}""")(request, context));

        ResourceSet<MessageResource> messages = await MessageResource.ReadAsync(
            new ReadMessageOptions
            {
                To = "+15550001111",
                DateSentAfter = new DateTime(2026, 8, 4, 10, 0, 0, DateTimeKind.Utc),
                PageSize = 2,
            },
            TwilioClients.For(twilio.BaseUri));

        Assert.Equal(["SM1", "SM2", "SM3"], messages.Select(m => m.Sid));
        Assert.EndsWith("/Messages.json?To=%2B15550001111&DateSent%3E=2026-08-04T10%3A00%3A00Z&PageSize=2", twilio.Requests[0].Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stops_at_the_limit()
    {
        await using Receiver twilio = await Receiver.StartAsync(Answer(
            200, """{"messages":[{"sid":"SM1"},{"sid":"SM2"}],"page_size":2,"uri":"/2010-04-01/x","next_page_uri":"/2010-04-01/x?Page=1"}"""));

        ResourceSet<MessageResource> messages = await MessageResource.ReadAsync(limit: 2, client: TwilioClients.For(twilio.BaseUri));

        Assert.Equal(["SM1", "SM2"], messages.Select(m => m.Sid));
        Assert.Contains("PageSize=2", Assert.Single(twilio.Requests).Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follows_the_absolute_links_of_the_v1_apis()
    {
        await using Receiver twilio = await Receiver.StartAsync((request, context) => Answer(
            200,
            request.Url.Contains("PageToken", StringComparison.Ordinal)
                ? """{"contents":[{"sid":"HX2","variables":{"1":"Ann"}}],"meta":{"page_size":1,"next_page_url":null}}"""
                : """{"contents":[{"sid":"HX1"}],"meta":{"page_size":1,"next_page_url":"https://content.twilio.com/v1/Content?PageToken=2"}}""")(request, context));

        ResourceSet<ContentResource> contents = await ContentResource.ReadAsync(pageSize: 1, client: TwilioClients.For(twilio.BaseUri));

        List<ContentResource> read = [.. contents];
        Assert.Equal(["HX1", "HX2"], read.Select(c => c.Sid));
        Assert.Equal("""{"1":"Ann"}""", read[1].Variables?.ToString());
        Assert.EndsWith("/content/v1/Content?PageToken=2", twilio.Requests[1].Url, StringComparison.Ordinal);
    }
}
