using LiveDesk.Domain.Messaging.Files;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.Domain.Messaging.Audio;
using LiveDesk.Tests.Support;
using Moq;

namespace LiveDesk.Tests.Domain.Messaging.Files;

public sealed class When_a_voice_note_is_taken_in
{
    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "voice_note_too_long")]
    [InlineData(4_000, "voice_note_too_long")]
    public async Task It_may_last_five_minutes_and_where_the_length_is_exact_not_a_sample_more(int samples, string? code) =>
        Assert.Equal(code, (await TakeAsync(Recordings.Wav(300, samples))).Refusal?.Code);

    [Theory]
    [InlineData(15_004, null)]
    [InlineData(15_006, "voice_note_too_long")]
    public async Task A_recorder_that_packs_may_end_the_packet_that_it_has_begun(int frames, string? code) =>
        Assert.Equal(code, (await TakeAsync(Recordings.Amr(frames))).Refusal?.Code);

    private static async Task<Result<StoredFile>> TakeAsync(byte[] recording)
    {
        var files = new Mock<IFileStore>();
        files.Setup(f => f.SaveAsync(It.IsAny<string>(), It.IsAny<Stream>(), It.IsAny<FileFacts>(), default))
            .ReturnsAsync((string key, Stream _, FileFacts facts, CancellationToken _) => new StoredFile(key, recording.Length, facts, Given.Now));
        var random = new Mock<IRandomSource>();
        random.Setup(r => r.Bytes(It.IsAny<int>())).Returns((int count) => new byte[count]);
        var uploads = new Uploads(files.Object, Mock.Of<IDraftStore>(), random.Object, new FakeClock());
        using var body = new MemoryStream(recording);
        return await uploads.AddVoiceNoteAsync(Given.Workspace, body, new UploadRequest(null, null), default);
    }
}
