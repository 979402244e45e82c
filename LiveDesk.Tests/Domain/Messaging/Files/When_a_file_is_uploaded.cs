using LiveDesk.Domain.Messaging.Files;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.Support;
using Moq;

namespace LiveDesk.Tests.Domain.Messaging.Files;

public sealed class When_a_file_is_uploaded
{
    private readonly Mock<IFileStore> _files = new();
    private readonly Uploads _uploads;

    public When_a_file_is_uploaded()
    {
        _files.Setup(f => f.SaveAsync(It.IsAny<string>(), It.IsAny<Stream>(), It.IsAny<FileFacts>(), It.IsAny<CancellationToken>()))
            .Returns(async (string key, Stream content, FileFacts facts, CancellationToken cancellationToken) =>
            {
                await content.CopyToAsync(Stream.Null, cancellationToken);
                return new StoredFile(key, 1, facts, Given.Now);
            });
        _uploads = new Uploads(_files.Object, Mock.Of<IDraftStore>(), Mock.Of<IRandomSource>(r => r.Bytes(10) == new byte[10]), new FakeClock());
    }

    [Fact]
    public async Task Takes_what_the_largest_channel_carries_and_not_a_byte_more()
    {
        Assert.True((await AddAsync(Uploads.MaximumAttachment)).Accepted);

        Refusal refused = (await AddAsync(Uploads.MaximumAttachment + 1)).Refusal!;
        Assert.Equal((RefusalKind.Rule, "attachment_too_large"), (refused.Kind, refused.Code));
    }

    [Theory]
    [InlineData("a.exe")]
    [InlineData("page.html")]
    public async Task Refuses_by_a_rule_what_nobody_should_open(string name)
    {
        Refusal refused = (await AddAsync(100, name)).Refusal!;

        Assert.Equal((RefusalKind.Rule, "attachment_type_refused"), (refused.Kind, refused.Code));
        _files.VerifyNoOtherCalls();
    }

    private Task<Result<StoredFile>> AddAsync(long size, string? name = null) =>
        _uploads.AddAttachmentAsync(Given.Workspace, new Picture(size), new UploadRequest("image/png", name), CancellationToken.None);

    /// <summary>The beginning of a PNG file, and then nothing but zeros.</summary>
    private sealed class Picture(long size) : Stream
    {
        private static readonly byte[] Head = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => size;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int length = (int)Math.Min(count, size - Position);
            buffer.AsSpan(offset, length).Clear();
            for (int i = 0; i < length && Position + i < Head.Length; i++) buffer[offset + i] = Head[Position + i];
            Position += length;
            return length;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
