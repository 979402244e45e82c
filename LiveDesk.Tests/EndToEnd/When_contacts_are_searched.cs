using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_contacts_are_searched
{
    [Fact]
    public async Task Finds_them_by_the_beginning_of_name_or_number()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        await channel.CustomerWritesAsync("+15550001111", "Hello");
        await channel.CustomerWritesAsync("+15550002223", "Hello");
        await Eventually.SeesAsync(() => desk.Api.ItemsAsync("contacts"), all => all.Count == 2, "two contacts");

        // The simulator's customers are called by the end of their number: "Customer 1111".
        JsonNode byNumber = Assert.Single(await desk.Api.ItemsAsync("contacts?q=1555000111"));
        Assert.Equal("Customer 1111", (string?)byNumber["name"]);
        Assert.Equal(2, (await desk.Api.ItemsAsync("contacts?q=customer")).Count);
        Assert.Equal("+15550002223", (string?)Assert.Single(await desk.Api.ItemsAsync("contacts?q=%2B155500022"))["phoneNumber"]);
        Assert.Empty(await desk.Api.ItemsAsync("contacts?q=nobody"));
        JsonNode first = await desk.Api.GetAsync("contacts?limit=1");
        JsonNode second = await desk.Api.GetAsync($"contacts?limit=1&cursor={first["nextCursor"]}");
        Assert.NotEqual((string?)first["items"]![0]!["id"], (string?)second["items"]![0]!["id"]);
    }

    [Fact]
    public async Task Finds_those_who_have_both_the_name_or_number_and_the_tag()
    {
        await using Desk desk = await Desk.StartAsync();
        foreach ((int number, string name, string tag) in new[] { (1, "Marta Mar", "vip"), (2, "Mario Pons", "lead"), (3, "Ana", "vip"), (4, "Maria Pons", "vip") })
            await desk.Api.CreateAsync("contacts", new { name, phoneNumber = $"+1555000{number}000", tags = new[] { tag } });

        Assert.Equal(["Maria Pons", "Marta Mar"], await NamesAsync("q=Mar&tag=vip&limit=1"));
        Assert.Equal(["Maria Pons"], await NamesAsync("q=mar pons&tag=vip"));
        Assert.Equal(["Ana"], await NamesAsync("q=%2B15550003&tag=vip"));
        Assert.Equal(["Ana", "Maria Pons", "Marta Mar"], await NamesAsync("q=&tag=vip"));
        Assert.Empty(await NamesAsync("q=Mar&tag=VIP"));

        async Task<IReadOnlyList<string?>> NamesAsync(string query)
        {
            var names = new List<string?>();
            for (string? cursor = ""; cursor is not null;)
            {
                JsonNode page = await desk.Api.GetAsync($"contacts?{query}&cursor={cursor}");
                names.AddRange(page["items"]!.AsArray().Select(c => (string?)c!["name"]));
                cursor = (string?)page["nextCursor"];
            }
            return [.. names.Order(StringComparer.Ordinal)];
        }
    }

    [Fact]
    public async Task Lists_them_with_the_conversation_that_is_open_now()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        Answered created = await desk.Api.CallAsync(HttpMethod.Post, "contacts", new { name = "Susan", phoneNumber = "+15550001111" });
        Assert.Null(await OpenAsync(desk));

        await channel.CustomerWritesAsync("+15550001111", "Hello");
        string first = await Eventually.SeesAsync<string?>(() => OpenAsync(desk), id => id is not null, "the conversation") ?? "";
        await desk.Api.PostAsync($"conversations/{first}/close", new { });
        Assert.Null(await OpenAsync(desk));
        Assert.Equal(201, (await desk.Api.CallAsync(HttpMethod.Post, "conversations", new { contactId = created.Id, channelId = channel.Id })).Status);

        string? second = await OpenAsync(desk);
        Assert.NotEqual(first, second);
        Assert.Equal((string?)(await desk.Api.GetAsync($"contacts/{created.Id}"))["openConversationId"], second);
    }

    private static async Task<string?> OpenAsync(Desk desk) => (string?)Assert.Single(await desk.Api.ItemsAsync("contacts?q=susan"))["openConversationId"];
}
