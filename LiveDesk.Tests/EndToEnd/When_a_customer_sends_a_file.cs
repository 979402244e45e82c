using System.Net;
using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_a_customer_sends_a_file
{
    private const string Customer = "+15550001111";
    private const string MediaPath = "/Media/";

    [Fact]
    public async Task Keeps_a_copy_of_its_own_and_gives_it_out_under_a_short_lived_link()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        await channel.SetAsync(new { mediaNeedsCredentials = true });

        await SendAsync(channel, "image/png");
        (_, JsonNode attachment) = await desk.Api.SettledAttachmentAsync();

        Assert.Equal("ready", (string?)attachment["state"]);
        Assert.Equal("image/png", (string?)attachment["contentType"]);
        Assert.Equal(Files.Png.Length, (int)attachment["size"]!);
        using var anonymous = new HttpClient();
        using HttpResponseMessage copy = await anonymous.GetAsync((string)attachment["url"]!);
        Assert.Equal(Files.Png, await copy.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/png", copy.Content.Headers.ContentType?.ToString());
        Assert.Equal("inline", copy.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("nosniff", copy.Headers.GetValues("X-Content-Type-Options").Single());
        JsonNode again = await desk.Api.GetAsync($"attachments/{attachment["id"]}");
        Assert.Equal("ready", (string?)again["state"]);
    }

    [Fact]
    public async Task Tries_again_when_the_provider_fails_for_a_while()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        await channel.FaultAsync(new { kind = "status", status = 503, path = MediaPath, times = 2 });

        await SendAsync(channel, "application/pdf");
        (_, JsonNode attachment) = await desk.Api.SettledAttachmentAsync();

        Assert.Equal("ready", (string?)attachment["state"]);
    }

    [Theory]
    [InlineData(401, "The provider refused access to the file (401). Check the channel's credentials.")]
    [InlineData(404, "The provider does not have the file any more.")]
    public async Task Keeps_the_message_and_says_why_there_is_no_file(int status, string reason)
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        await channel.FaultAsync(new { kind = "status", status, path = MediaPath, times = 0 });

        await SendAsync(channel, "image/png");
        (string conversation, JsonNode attachment) = await desk.Api.SettledAttachmentAsync();

        Assert.Equal(("failed", reason), ((string?)attachment["state"], (string?)attachment["failure"]));
        Assert.Null(attachment["url"]);
        JsonNode message = (await desk.Api.MessagesAsync(conversation)).Single(m => (string?)m["direction"] == "in");
        Assert.Equal("Mira esto", (string?)message["text"]);
        Assert.Empty(desk.Log.Errors);
    }

    [Fact]
    public async Task Takes_no_web_page_for_a_picture()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);

        await SendAsync(channel, "image/png", "<html><script>alert(1)</script>");
        (_, JsonNode attachment) = await desk.Api.SettledAttachmentAsync();

        Assert.Equal("failed", (string?)attachment["state"]);
    }

    [Theory]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://evil.example/file.png")]
    public async Task Does_not_go_where_a_message_sends_it(string url)
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);

        await channel.ControlAsync("twilio/inbound", new JsonObject
        {
            ["from"] = "whatsapp:" + Customer, ["to"] = "whatsapp:" + channel.Number, ["mediaUrl"] = url, ["contentType"] = "image/png",
        });
        (_, JsonNode attachment) = await desk.Api.SettledAttachmentAsync();

        Assert.Equal("failed", (string?)attachment["state"]);
        Assert.Contains("no host of this provider", (string?)attachment["failure"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gives_out_parts_and_headers_as_players_and_providers_ask_for_them()
    {
        await using Desk desk = await Desk.StartAsync();
        JsonNode upload = await desk.Api.UploadAsync("attachments?fileName=factura%20n%C2%BA%201.pdf", Files.Pdf, "application/pdf");
        string url = (string)upload["url"]!;
        using var anonymous = new HttpClient();

        using HttpResponseMessage head = await anonymous.SendAsync(new HttpRequestMessage(HttpMethod.Head, url));
        using var partly = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new(5, 7) } };
        using HttpResponseMessage part = await anonymous.SendAsync(partly);
        using var tail = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new(null, 6) } };
        using HttpResponseMessage end = await anonymous.SendAsync(tail);
        using var beyond = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new(10_000, null) } };
        using HttpResponseMessage nothing = await anonymous.SendAsync(beyond);
        using HttpResponseMessage forged = await anonymous.GetAsync(url.Replace("/api/media/", "/api/media/A", StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.OK, Files.Pdf.Length), (head.StatusCode, (int)head.Content.Headers.ContentLength!));
        Assert.Equal("attachment", head.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("factura nº 1.pdf", head.Content.Headers.ContentDisposition?.FileNameStar);
        Assert.Equal((HttpStatusCode.PartialContent, "1.4"), (part.StatusCode, await part.Content.ReadAsStringAsync()));
        Assert.Equal($"bytes 5-7/{Files.Pdf.Length}", part.Content.Headers.ContentRange?.ToString());
        Assert.Equal((HttpStatusCode.PartialContent, "%%EOF\n"), (end.StatusCode, await end.Content.ReadAsStringAsync()));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, nothing.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, forged.StatusCode);
    }

    private static Task<JsonNode> SendAsync(TwilioChannel channel, string contentType, string? content = null) =>
        channel.ControlAsync("twilio/inbound", new JsonObject
        {
            ["from"] = "whatsapp:" + Customer,
            ["to"] = "whatsapp:" + channel.Number,
            ["text"] = "Mira esto",
            ["media"] = new JsonArray(new JsonObject { ["contentType"] = contentType, ["content"] = content }),
        });
}
