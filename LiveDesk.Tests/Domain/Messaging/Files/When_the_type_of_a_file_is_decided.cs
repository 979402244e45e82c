using System.Text;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Messaging.Files;

namespace LiveDesk.Tests.Domain.Messaging.Files;

public sealed class When_the_type_of_a_file_is_decided
{
    [Theory]
    [InlineData("%PDF-1.7", "application/pdf", "application/pdf")]
    [InlineData("%PDF-1.7", "image/png", "application/pdf")]
    [InlineData("%PDF-1.7", null, "application/pdf")]
    [InlineData("a;b;c", "text/csv; charset=utf-8", "text/csv")]
    [InlineData("a;b;c", "text/html", "text/plain")]
    [InlineData("ID3\u0003", "audio/mp3", "audio/mpeg")]
    [InlineData("\u0001\u0002", "image/heic", "image/heic")]
    [InlineData("\u0001\u0002", "video/mp4", "application/octet-stream")]
    [InlineData("<html><body>", "image/png", null)]
    [InlineData("<svg xmlns='x'>", "image/svg+xml", null)]
    [InlineData("#!/bin/sh\n", "text/plain", null)]
    public async Task Lets_the_contents_decide_and_the_claim_only_refine(string contents, string? declared, string? expected)
    {
        FileIntake intake = await FileIntake.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(contents)), declared, 1_000, CancellationToken.None);

        Assert.Equal(expected, intake.ContentType);
    }

    [Theory]
    [InlineData(9_999, true)]
    [InlineData(10_000, true)]
    [InlineData(10_001, false)]
    public async Task Gives_every_byte_up_to_the_limit_and_breaks_off_beyond_it(int size, bool whole)
    {
        byte[] file = Encoding.ASCII.GetBytes(new string('x', size));
        FileIntake intake = await FileIntake.OpenAsync(new MemoryStream(file), "text/plain", 10_000, CancellationToken.None);
        using var copy = new MemoryStream();

        Exception? failure = await Record.ExceptionAsync(() => intake.Content.CopyToAsync(copy));

        Assert.Equal(whole, failure is null);
        Assert.Equal(!whole, intake.WasTooLarge);
        if (whole) Assert.Equal(file, copy.ToArray());
    }

    [Fact]
    public async Task Knows_an_empty_file() =>
        Assert.True((await FileIntake.OpenAsync(new MemoryStream(), "image/png", 10, CancellationToken.None)).IsEmpty);

    [Theory]
    [InlineData("image/png", MessageKind.Image)]
    [InlineData("audio/ogg; codecs=opus", MessageKind.Audio)]
    [InlineData("video/mp4", MessageKind.Video)]
    [InlineData("text/vcard", MessageKind.Document)]
    [InlineData("application/octet-stream", MessageKind.Document)]
    public void Gives_the_message_its_kind(string type, MessageKind kind) => Assert.Equal(kind, FileTypes.KindOf(type));
}
