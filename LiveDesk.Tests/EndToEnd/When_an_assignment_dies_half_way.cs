using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

/// <summary>One person with room for one customer: there is nobody else whose release could make good what a crash has left.</summary>
public sealed class When_an_assignment_dies_half_way
{
    [Fact]
    public async Task The_person_whose_place_was_taken_gets_the_conversation()
    {
        var claims = new ClaimWatch { DiesAfterClaim = true };
        await using Desk desk = await Desk.StartAsync(null, claims.Replace);
        string ana = await desk.Api.CreateAgentAsync("Ana", limit: 1);
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana]);

        await channel.CustomerWritesAsync("+15550001001", "Hello");

        Assert.Equal("load", (string?)(await OwnedAsync(desk, "+15550001001", ana))["assignmentReason"]);
        await desk.QuietAsync();
        Assert.Equal((1, 1), (claims.Claims, (int)(await desk.Api.GetAsync($"agents/{ana}"))["held"]!));
        Assert.Null((await desk.Api.ItemsAsync("conversations")).Single()["waiting"]);
    }

    [Fact]
    public async Task The_next_in_line_gets_the_place_that_was_freed()
    {
        var claims = new ClaimWatch();
        await using Desk desk = await Desk.StartAsync(null, claims.Replace);
        string ana = await desk.Api.CreateAgentAsync("Ana", limit: 1);
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, [ana]);
        await channel.CustomerWritesAsync("+15550001001", "Hello");
        string first = (string)(await OwnedAsync(desk, "+15550001001", ana))["id"]!;
        await channel.CustomerWritesAsync("+15550001002", "Me too");
        await desk.QuietAsync();

        claims.DiesAfterMove = true;
        await desk.Api.PostAsync($"conversations/{first}/close", new { });

        await OwnedAsync(desk, "+15550001002", ana);
        Assert.False(claims.DiesAfterMove);
    }

    private static Task<JsonNode> OwnedAsync(Desk desk, string customer, string owner) => Eventually.SeesAsync(
        async () => (await desk.Api.ItemsAsync("conversations")).Single(c => (string?)c["phoneNumber"] == customer),
        c => (string?)c["owner"]!["id"] == owner, $"{customer} to have an owner", TimeSpan.FromSeconds(60));
}
