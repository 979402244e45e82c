using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_a_survey_outlives_the_messaging_window
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task It_is_not_asked_again_says_so_and_expires()
    {
        await using ClockedDesk clocked = await ClockedDesk.StartAsync(Morning);
        DeskApi api = clocked.Desk.Api;
        string ana = await api.CreateAgentAsync("Ana");
        TwilioChannel channel = await TwilioChannel.CreateAsync(
            api, clocked.Desk.Simulator, [ana], new { csat = new { enabled = true, question = "1 to 5?", reminderAfter = "P2D", expiresAfter = "P5D" } });
        await channel.CustomerWritesAsync("+15550001111", "Hello");
        await clocked.Desk.QuietAsync();
        string id = (string)(await api.ItemsAsync("conversations")).Single()["id"]!;
        using DeskApi speaking = await api.SpeakingForAsync(ana);
        await speaking.SendAsync(id, "Done.");
        await speaking.PostAsync($"conversations/{id}/close", new { });

        await clocked.MoveToAsync(Morning.AddDays(6));

        Assert.Equal(
            ["Survey scheduled", "Survey sent", "Survey reminder not sent (window_closed)", "Survey expired"],
            (await api.MessagesAsync(id)).Select(m => (string)m["text"]!).Where(text => text.StartsWith("Survey", StringComparison.Ordinal)));
        Assert.Equal(2, (await channel.SentAsync()).Count);
    }
}
