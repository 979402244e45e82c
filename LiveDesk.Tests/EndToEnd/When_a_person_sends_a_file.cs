using System.Net;
using System.Text.Json.Nodes;
using LiveDesk.Domain.Messaging.Files;
using LiveDesk.Tests.Domain.Messaging.Audio;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LiveDesk.Tests.EndToEnd;

public sealed class When_a_person_sends_a_file
{
    private const string Customer = "+15550001111";

    [Fact]
    public async Task Carries_it_to_the_provider_who_can_fetch_it()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        string conversation = await channel.OpenConversationAsync(desk.Api, Customer);
        JsonNode upload = await desk.Api.UploadAsync("attachments?fileName=foto.png", Files.Png, "image/jpeg");

        JsonNode message = await desk.Api.PostAsync(
            $"conversations/{conversation}/messages", new { text = "Aquí está", attachmentIds = new[] { (string)upload["id"]! } }, HttpStatusCode.Accepted);
        await desk.Api.MessageIsAsync(conversation, (string)message["id"]!, "delivered");

        Assert.Equal("image", (string?)message["kind"]);
        Assert.Equal(("image/png", "foto.png", "ready"), Facts(message["attachments"]![0]!));
        JsonNode sent = (await channel.SentAsync()).Single();
        string url = (string)Assert.Single(sent["mediaUrls"]!.AsArray())!;
        using var provider = new HttpClient();
        Assert.Equal(Files.Png, await provider.GetByteArrayAsync(url));
        Assert.Equal("Aquí está", (string?)sent["body"] ?? (string?)sent["text"]);
    }

    [Fact]
    public async Task Refuses_what_the_channel_would_refuse_and_keeps_the_draft()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        string conversation = await channel.OpenConversationAsync(desk.Api, Customer);
        string png = await IdAsync(desk.Api, Files.Png, "image/png");
        string pdf = await IdAsync(desk.Api, Files.Pdf, "application/pdf");
        string zip = await IdAsync(desk.Api, [.. "PK\u0003\u0004"u8, .. new byte[40]], "application/zip");

        Assert.Equal("too_many_attachments", await CodeAsync(desk.Api, conversation, new { attachmentIds = new[] { png, pdf } }));
        Assert.Equal("attachment_type_refused", await CodeAsync(desk.Api, conversation, new { attachmentIds = new[] { zip } }));
        Assert.Equal("text_with_attachment_refused", await CodeAsync(desk.Api, conversation, new { text = "La factura", attachmentIds = new[] { pdf } }));
        Assert.Equal("attachment_unknown", await CodeAsync(desk.Api, conversation, new { attachmentIds = new[] { "at_0000000000000000" } }));
        Assert.Equal("attachment_unknown", await CodeAsync(desk.Api, conversation, new { attachmentIds = new[] { "../../x" } }));
        Assert.Equal("too_many_attachments", await CodeAsync(
            desk.Api, conversation, new { attachmentIds = Enumerable.Range(0, 16).Select(i => $"at_{i:0000000000000000}") }));
        await desk.Api.PostAsync($"conversations/{conversation}/messages", new { attachmentIds = new[] { pdf } }, HttpStatusCode.Accepted);
        await desk.Api.PostAsync($"conversations/{conversation}/messages", new { attachmentIds = new[] { pdf } }, HttpStatusCode.Accepted);
        Assert.Empty(desk.Log.Errors);
    }

    [Fact]
    public async Task Refuses_uploads_that_nobody_should_open()
    {
        await using Desk desk = await Desk.StartAsync();

        Assert.Equal("attachment_type_refused", await UploadCodeAsync("attachments", "MZ\0\0\0\0"u8.ToArray(), HttpStatusCode.UnprocessableEntity));
        Assert.Equal("attachment_type_refused", await UploadCodeAsync("attachments", "<svg onload=alert(1)>"u8.ToArray(), HttpStatusCode.UnprocessableEntity));
        Assert.Equal("attachment_type_refused", await UploadCodeAsync("attachments?fileName=a.exe", "text"u8.ToArray(), HttpStatusCode.UnprocessableEntity));
        Assert.Equal("malformed", await UploadCodeAsync("attachments", [], HttpStatusCode.BadRequest));
        await desk.Api.RefusedAsync(HttpMethod.Get, "attachments/at_0000000000000000", null, HttpStatusCode.NotFound);
        await desk.Api.RefusedAsync(HttpMethod.Get, "attachments/anything", null, HttpStatusCode.NotFound);

        async Task<string?> UploadCodeAsync(string path, byte[] file, HttpStatusCode expected) =>
            (string?)(await desk.Api.UploadAsync(path, file, "image/png", expected))["code"];
    }

    [Fact]
    public async Task Takes_one_upload_for_one_idempotency_key()
    {
        await using Desk desk = await Desk.StartAsync();

        JsonNode first = await desk.Api.UploadAsync("attachments", Files.Png, "image/png", key: "k1");
        JsonNode second = await desk.Api.UploadAsync("attachments", Files.Png, "image/png", key: "k1");
        JsonNode other = await desk.Api.UploadAsync("attachments", Files.Pdf, "image/png", HttpStatusCode.Conflict, key: "k1");

        Assert.Equal((string?)first["id"], (string?)second["id"]);
        Assert.Equal("idempotency_key_reused", (string?)other["code"]);
    }

    [Fact]
    public async Task Sends_a_voice_note_once_as_a_voice_note()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        string conversation = await channel.OpenConversationAsync(desk.Api, Customer);
        byte[] recording = Recordings.Read("voice.ogg");
        JsonNode note = await desk.Api.UploadAsync("voice-notes", recording, "audio/ogg");
        string id = (string)note["id"]!;
        JsonNode shown = await desk.Api.GetAsync($"voice-notes/{id}");
        using var player = new HttpClient();
        Assert.Equal(recording, await player.GetByteArrayAsync((string)shown["url"]!));

        JsonNode message = await desk.Api.PostAsync($"conversations/{conversation}/messages", new { voiceNoteId = id }, HttpStatusCode.Accepted);
        await desk.Api.MessageIsAsync(conversation, (string)message["id"]!, "delivered");

        Assert.Equal("voice", (string?)message["kind"]);
        Assert.Equal("audio/ogg; codecs=opus", (string?)note["contentType"]);
        Assert.Equal("voice_note_used", await CodeAsync(desk.Api, conversation, new { voiceNoteId = id }));
        await desk.Api.RefusedAsync(HttpMethod.Delete, $"voice-notes/{id}", null, HttpStatusCode.Conflict);
        Assert.Single(await channel.SentAsync());
    }

    [Fact]
    public async Task Sends_what_a_browser_recorded_as_a_voice_note_too()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        string conversation = await channel.OpenConversationAsync(desk.Api, Customer);
        JsonNode note = await desk.Api.UploadAsync("voice-notes", Recordings.Read("live.webm"), "audio/webm;codecs=opus");

        JsonNode message = await desk.Api.PostAsync(
            $"conversations/{conversation}/messages", new { voiceNoteId = (string)note["id"]! }, HttpStatusCode.Accepted);

        Assert.Equal(("audio/ogg; codecs=opus", "audio.ogg"), ((string?)note["contentType"], (string?)note["fileName"]));
        Assert.Equal("voice", (string?)message["kind"]);
    }

    [Fact]
    public async Task Sends_a_voice_note_once_even_from_ten_requests_at_a_time()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        string conversation = await channel.OpenConversationAsync(desk.Api, Customer);
        JsonNode note = await desk.Api.UploadAsync("voice-notes", Recordings.Read("voice.ogg"), "audio/ogg");

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ =>
            System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
                desk.Api.Http, $"conversations/{conversation}/messages", new { voiceNoteId = (string)note["id"]! })));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Accepted);
        Assert.DoesNotContain(answers, a => (int)a.StatusCode >= 500);
        Assert.Single(await desk.Api.MessagesAsync(conversation), m => (string?)m["kind"] == "voice");
    }

    [Fact]
    public async Task Refuses_recordings_that_are_too_long_broken_or_none()
    {
        await using Desk desk = await Desk.StartAsync();

        JsonNode fine = await desk.Api.UploadAsync("voice-notes", Recordings.Amr(frames: 15_000), "audio/amr");
        JsonNode tooLong = await desk.Api.UploadAsync("voice-notes", Recordings.Amr(frames: 15_050), "audio/amr", HttpStatusCode.UnprocessableEntity);
        JsonNode cut = await desk.Api.UploadAsync("voice-notes", Recordings.Read("voice.ogg")[..2_000], "audio/ogg", HttpStatusCode.UnprocessableEntity);
        JsonNode none = await desk.Api.UploadAsync("voice-notes", Files.Png, "audio/ogg", HttpStatusCode.UnprocessableEntity);

        Assert.Equal("PT5M", (string?)fine["duration"]);
        Assert.Equal("voice_note_too_long", (string?)tooLong["code"]);
        Assert.Equal("voice_note_unreadable", (string?)cut["code"]);
        Assert.Equal("voice_note_unreadable", (string?)none["code"]);
    }

    [Fact]
    public async Task Measures_a_recording_whatever_its_size()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        string conversation = await channel.OpenConversationAsync(desk.Api, Customer);

        JsonNode fine = await desk.Api.UploadAsync("voice-notes", Recordings.Wav(seconds: 299), "audio/wav");
        JsonNode tooLong = await desk.Api.UploadAsync("voice-notes", Recordings.Wav(seconds: 301), "audio/wav", HttpStatusCode.UnprocessableEntity);
        JsonNode tooLarge = await desk.Api.UploadAsync(
            "voice-notes", Recordings.Wav(seconds: 800), "audio/wav", HttpStatusCode.UnprocessableEntity);

        Assert.Equal("PT4M59S", (string?)fine["duration"]);
        Assert.Equal(("voice_note_too_long", "attachment_too_large"), ((string?)tooLong["code"], (string?)tooLarge["code"]));
        Assert.Equal("attachment_type_refused", await CodeAsync(desk.Api, conversation, new { voiceNoteId = (string)fine["id"]! }));
    }

    [Fact]
    public async Task Lets_go_of_drafts_that_nobody_sent()
    {
        var clock = new ClockAhead();
        await using Desk desk = await Desk.StartAsync(builder => builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);
        string conversation = await channel.OpenConversationAsync(desk.Api, Customer);
        string unused = await IdAsync(desk.Api, Files.Png, "image/png");
        string used = await IdAsync(desk.Api, Files.Png, "image/png");
        string deleted = (string)(await desk.Api.UploadAsync("voice-notes", Recordings.Read("voice.ogg")))["id"]!;
        await desk.Api.PostAsync($"conversations/{conversation}/messages", new { attachmentIds = new[] { used } }, HttpStatusCode.Accepted);
        (await desk.Api.Http.DeleteAsync($"voice-notes/{deleted}")).EnsureSuccessStatusCode();
        await desk.Api.RefusedAsync(HttpMethod.Get, $"voice-notes/{deleted}", null, HttpStatusCode.NotFound);

        clock.Ahead = TimeSpan.FromHours(25);
        int gone = await desk.Services.GetRequiredService<DraftUses>().SweepAsync(CancellationToken.None);

        Assert.Equal(1, gone);
        await desk.Api.RefusedAsync(HttpMethod.Get, $"attachments/{unused}", null, HttpStatusCode.NotFound);
        await desk.Api.GetAsync($"attachments/{used}");
    }

    private static async Task<string> IdAsync(DeskApi api, byte[] file, string type) => (string)(await api.UploadAsync("attachments", file, type))["id"]!;

    private static async Task<string?> CodeAsync(DeskApi api, string conversation, object body) =>
        (string?)(await api.RefusedAsync(HttpMethod.Post, $"conversations/{conversation}/messages", body, HttpStatusCode.UnprocessableEntity))["code"];

    private static (string?, string?, string?) Facts(JsonNode a) => ((string?)a["contentType"], (string?)a["fileName"], (string?)a["state"]);
}
