using System.Text.Json.Nodes;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Providers;
using LiveDesk.Tests.Functions.Providers.Meta;
using static LiveDesk.Tests.Functions.Providers.Meta.MetaChannels;

namespace LiveDesk.Tests.Functions.Providers.Messenger;

public sealed class When_messenger_is_asked_to_send
{
    private const string Taken = """{"recipient_id":"5275811702471834","message_id":"m_qr6G"}""";

    [Fact]
    public async Task Posts_text_with_our_id_as_metadata()
    {
        await using GraphServer graph = await GraphServer.AnsweringAsync(Taken);

        SendOutcome outcome = await graph.SendToPageAsync(Outbound(Page, MessageContent.OfText("Hello!"), replyTo: "m_in"));

        Assert.Equal(new SendOutcome.Accepted("m_qr6G"), outcome);
        Assert.Contains($"/v25.0/{PageId}/messages?appsecret_proof=", graph.Request.Url, StringComparison.Ordinal);
        JsonNode expected = JsonNode.Parse($$$"""
            {"recipient":{"id":"5275811702471834"},"messaging_type":"RESPONSE","message":{"text":"Hello!","metadata":"{{{OurMessage}}}"},"reply_to":{"mid":"m_in"}}
            """)!;
        Assert.True(JsonNode.DeepEquals(expected, graph.Body), graph.Request.Body);
    }

    [Theory]
    [InlineData("image/png", "image")]
    [InlineData("audio/mp4", "audio")]
    [InlineData("video/mp4", "video")]
    [InlineData("application/pdf", "file")]
    public async Task Sends_a_file_by_its_address(string contentType, string type)
    {
        await using GraphServer graph = await GraphServer.AnsweringAsync(Taken);

        await graph.SendToPageAsync(Outbound(Page, new MessageContent { Kind = MessageKind.Document }, files: (contentType, "https://files.example/f", "f")));

        JsonNode attachment = graph.Body["message"]!["attachment"]!;
        Assert.Equal((type, "https://files.example/f"), ((string?)attachment["type"], (string?)attachment["payload"]!["url"]));
    }

    [Fact]
    public async Task Refuses_without_a_call_what_messenger_would_not_take()
    {
        await using GraphServer graph = await GraphServer.AnsweringAsync(Taken);
        (string, string, string?) file = ("image/png", "https://files.example/f", null);

        Assert.IsType<SendOutcome.Refused>(await graph.SendToPageAsync(Outbound(Page, MessageContent.OfText(""))));
        Assert.IsType<SendOutcome.Refused>(await graph.SendToPageAsync(Outbound(Page, new MessageContent { Kind = MessageKind.Image, Text = "both" }, files: file)));
        Assert.IsType<SendOutcome.Refused>(await graph.SendToPageAsync(Outbound(Page, new MessageContent { Kind = MessageKind.Image }, files: [file, file])));
        Assert.Empty(graph.Requests);
    }

    [Theory]
    [InlineData(10, 2018278, "window_closed", false)]
    [InlineData(10, 2018065, "window_closed", false)]
    [InlineData(10, 2534022, "window_closed", false)]
    [InlineData(10, 2018108, "unreachable", false)]
    [InlineData(200, 1545041, "unreachable", false)]
    [InlineData(551, 1545041, "unreachable", false)]
    [InlineData(100, 2018001, "invalid_recipient", false)]
    [InlineData(100, 2018034, "content_refused", false)]
    [InlineData(100, 2018032, "content_refused", false)]
    [InlineData(100, 2018109, "media_refused", false)]
    [InlineData(100, 2018047, "media_refused", false)]
    [InlineData(100, 2018008, "media_refused", false)]
    [InlineData(100, 1, "provider_refused", false)]
    [InlineData(190, 463, "channel_failed", true)]
    [InlineData(10, null, "channel_failed", true)]
    [InlineData(230, null, "channel_failed", true)]
    [InlineData(368, null, "channel_failed", true)]
    [InlineData(987654, null, "provider_refused", false)]
    public async Task Says_why_it_was_refused(int code, int? subcode, string expected, bool broken)
    {
        await using GraphServer graph = await GraphServer.AnsweringAsync(GraphServer.Error(code, subcode), 400);

        var refused = Assert.IsType<SendOutcome.Refused>(await graph.SendToPageAsync(Outbound(Page, MessageContent.OfText("Hi"))));

        Assert.Equal((expected, broken), (refused.Failure.Code, refused.ChannelBroken));
        Assert.StartsWith($"{code}", refused.Failure.ProviderCode, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 2018022)]
    [InlineData(17, null)]
    [InlineData(32, null)]
    [InlineData(613, null)]
    public async Task Tries_again_later_when_it_is_throttled(int code, int? subcode)
    {
        await using GraphServer graph = await GraphServer.AnsweringAsync(GraphServer.Error(code, subcode), 400);

        Assert.IsType<SendOutcome.NotTaken>(await graph.SendToPageAsync(Outbound(Page, MessageContent.OfText("Hi"))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1200)]
    public async Task Calls_it_a_server_error_when_messenger_is_unwell(int code)
    {
        await using GraphServer graph = await GraphServer.AnsweringAsync(GraphServer.Error(code), 500);

        Assert.IsType<SendOutcome.ServerError>(await graph.SendToPageAsync(Outbound(Page, MessageContent.OfText("Hi"))));
    }

    [Fact]
    public async Task Cannot_tell_when_no_id_comes_back()
    {
        await using GraphServer graph = await GraphServer.AnsweringAsync("{}");

        Assert.IsType<SendOutcome.Ambiguous>(await graph.SendToPageAsync(Outbound(Page, MessageContent.OfText("Hi"))));
    }

    [Theory]
    [InlineData(200, """{"id":"117172741761305"}""", null)]
    [InlineData(200, """{"id":"999999"}""", "credentials.pageId")]
    [InlineData(401, """{"error":{"message":"expired","code":190}}""", "credentials.pageAccessToken")]
    [InlineData(400, """{"error":{"message":"Invalid appsecret_proof provided in the API argument","code":100}}""", "credentials.appSecret")]
    public async Task Checks_that_the_token_is_the_pages(int status, string answer, string? field)
    {
        await using GraphServer graph = await GraphServer.AnsweringAsync(answer, status);

        Refusal? refusal = await NewMessenger(graph.Http, graph.BaseUrl).CheckCredentialsAsync(Page, CancellationToken.None);

        Assert.Equal(field, refusal?.Field);
        Assert.Contains("/v25.0/me?", graph.Request.Url, StringComparison.Ordinal);
    }

    [Fact]
    public void Wants_every_credential_and_no_number()
    {
        using ProviderHttp http = new();

        IReadOnlyList<FieldError> errors = NewMessenger(http).Validate(ChannelType.Messenger, "+15550001111", new Dictionary<string, string> { ["pageId"] = "my page" });

        Assert.Equal(
            ["credentials.pageId", "credentials.pageAccessToken", "credentials.appSecret", "credentials.verifyToken", "phoneNumber"], errors.Select(e => e.Field));
        Assert.Empty(NewMessenger(http).Validate(ChannelType.Messenger, null, Page.Credentials));
        Assert.Empty(NewMessenger(http).Validate(ChannelType.Messenger, null, new Dictionary<string, string>(Page.Credentials) { ["pageId"] = "page-1_a.b" }));
    }
}
