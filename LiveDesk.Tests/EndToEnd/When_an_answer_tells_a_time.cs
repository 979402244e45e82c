using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Local;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed partial class When_an_answer_tells_a_time
{
    private const string Customer = "+15550001111";

    [Fact]
    public async Task Is_in_utc_to_the_second_or_the_millisecond_wherever_it_stands()
    {
        await using Desk desk = await Desk.StartAsync();
        await using Receiver receiver = await Receiver.StartAsync();
        string ana = await desk.Api.CreateAgentAsync("Ana");
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana]);
        await desk.Api.CreateAsync("webhooks", new { url = receiver.BaseUri, events = (string[])["conversation.snoozed"] });
        string conversation = await channel.OpenConversationAsync(desk.Api, Customer);
        await desk.Api.SendAsync(conversation, "Hello");
        await desk.Api.PostAsync($"conversations/{conversation}/snooze", new { until = DateTimeOffset.UtcNow.AddHours(1).ToString("O") });
        Received hook = (await receiver.GotAsync(1))[0];
        string contact = (string)(await desk.Api.ConversationAsync(conversation))["contactId"]!;

        var times = new List<(string Where, string Time)>(Times("webhook", JsonNode.Parse(hook.Body)));
        foreach (string path in (string[])
            [
                "agents", "channels", "conversations?status=snoozed", $"conversations/{conversation}", $"conversations/{conversation}/messages", $"contacts/{contact}",
                $"contacts/{contact}/export", "events?after=start", "audit", "webhooks", "reports/dashboard",
            ])
        {
            (string, string)[] told = [.. Times(path, await desk.Api.GetAsync(path))];
            if (path is not ("webhooks" or "reports/dashboard")) Assert.True(told.Length > 0, $"{path} tells no time");
            times.AddRange(told);
        }

        Assert.All(times, t => Assert.True(OneForm().IsMatch(t.Time), $"{t.Where}: {t.Time}"));
        Assert.Contains(times, t => t.Where == "webhook.data.until");
    }

    [Fact]
    public async Task Is_read_with_any_number_of_decimals()
    {
        await using Desk desk = await Desk.StartAsync();
        foreach (string from in (string[])["2026-03-01T00:00:00Z", "2026-03-01T00:00:00.1Z", "2026-03-01T00:00:00.123Z", "2026-03-01T00:00:00.1234567Z"])
            Assert.Equal(
                HttpStatusCode.OK, (HttpStatusCode)(await desk.Api.CallAsync(HttpMethod.Get, $"reports/conversations?from={from}&to=2026-04-01T00:00:00Z")).Status);
    }

    private static IEnumerable<(string Where, string Time)> Times(string where, JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(f => Times($"{where}.{f.Key}", f.Value)),
        JsonArray items => items.SelectMany(item => Times(where, item)),
        JsonValue value when value.TryGetValue(out string? text) && Instant().IsMatch(text) => [(where, text)],
        _ => [],
    };

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}")]
    private static partial Regex Instant();

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$")]
    private static partial Regex OneForm();
}
