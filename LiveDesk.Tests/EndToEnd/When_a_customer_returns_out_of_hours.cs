using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_a_customer_returns_out_of_hours
{
    private const string Customer = "+15550001111";

    /// <summary>A Monday.</summary>
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_last_owner_gets_the_conversation_at_the_opening()
    {
        await using ClockedDesk clocked = await ClockedDesk.StartAsync(Monday);
        DeskApi api = clocked.Desk.Api;
        string ana = await api.CreateAgentAsync("Ana"), luis = await api.CreateAgentAsync("Luis", online: false);
        TwilioChannel channel = await TwilioChannel.CreateAsync(
            api, clocked.Desk.Simulator, [ana, luis], new { businessHours = new { enabled = true, timeZone = "UTC", unavailableMessage = "Closed." } });
        await channel.CustomerWritesAsync(Customer, "Hello");
        await clocked.Desk.QuietAsync();
        string first = (string)(await api.ItemsAsync("conversations?status=open")).Single()["id"]!;
        await api.PostAsync($"conversations/{first}/close", new { });
        // From now on Luis, who has had nobody, is the next by load.
        await api.PutAsync($"agents/{luis}/presence", new { status = "online" });

        await clocked.MoveToAsync(Monday.AddHours(10));
        await channel.CustomerWritesAsync(Customer, "Hello again");
        await clocked.Desk.QuietAsync();
        JsonNode waiting = (await api.ItemsAsync("conversations?status=open")).Single();
        Assert.Equal("none", (string?)waiting["owner"]!["kind"]);
        await clocked.MoveToAsync(Monday.AddHours(23));

        JsonNode returned = await api.ConversationAsync((string)waiting["id"]!);
        Assert.Equal((ana, "returning_contact"), ((string?)returned["owner"]!["id"], (string?)returned["assignmentReason"]));
    }
}
