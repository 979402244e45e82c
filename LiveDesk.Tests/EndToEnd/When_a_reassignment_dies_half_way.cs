using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_a_reassignment_dies_half_way
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Another_person_gets_the_customer_all_the_same()
    {
        var dying = new DyingReveal { Delay = TimeSpan.FromSeconds(1) };
        await using ClockedDesk clocked = await ClockedDesk.StartAsync(Morning, dying.In);
        DeskApi api = clocked.Desk.Api;
        string ana = await api.CreateAgentAsync("Ana"), luis = await api.CreateAgentAsync("Luis", online: false);
        TwilioChannel channel = await TwilioChannel.CreateAsync(
            api, clocked.Desk.Simulator, [ana, luis], new { assignment = new { reassignAfter = "PT10M" } });
        await channel.CustomerWritesAsync("+15550001111", "Anybody there?");
        await clocked.Desk.QuietAsync();
        await api.PutAsync($"agents/{luis}/presence", new { status = "online" });
        await clocked.Desk.QuietAsync();

        // Ana has lost it, and the process dies before anybody else is looked for.
        dying.Armed = true;
        await clocked.MoveToAsync(Morning.AddMinutes(11));

        Assert.False(dying.Armed);
        JsonNode moved = (await api.ItemsAsync("conversations")).Single();
        Assert.Equal((luis, "load"), ((string?)moved["owner"]!["id"], (string?)moved["assignmentReason"]));
    }
}
