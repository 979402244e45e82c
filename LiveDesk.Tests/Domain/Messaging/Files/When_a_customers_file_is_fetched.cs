using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Messaging.Files;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.Support;
using Moq;

namespace LiveDesk.Tests.Domain.Messaging.Files;

public sealed class When_a_customers_file_is_fetched
{
    private readonly Mock<IContactStore> _contacts = new();
    private readonly Mock<IChannelDirectory> _channels = new();
    private readonly Mock<IProviderCatalog> _providers = new();
    private readonly Mock<IMediaDownload> _download = new();
    private readonly Mock<IFileStore> _files = new();
    private readonly Mock<IEventFeed> _feed = new();
    private readonly Mock<IWorkQueues> _queues = new();
    private readonly List<Message> _written = [];
    private readonly Message _message = Some.Incoming("https://cdn.example/a", "https://cdn.example/b");

    public When_a_customers_file_is_fetched()
    {
        var provider = new Mock<IProvider>();
        provider.As<IMediaSource>().Setup(p => p.LocateAsync(It.IsAny<Channel>(), It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((Channel _, string source, CancellationToken _) => MediaLocation.Plain(source));
        provider.As<IMediaSource>().SetupGet(p => p.MediaHosts).Returns(["cdn.example"]);
        _providers.Setup(p => p.Find("some")).Returns(provider.Object);
        _channels.Setup(c => c.FindAsync(Some.Workspace, Some.Channel.Id, It.IsAny<CancellationToken>())).ReturnsAsync(Some.Channel);
        _contacts.Setup(c => c.FindMessageAsync(Some.Workspace, _message.Id, It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => new MessageSnapshot(_written.LastOrDefault() ?? _message, $"v{_written.Count}"));
        _contacts.Setup(c => c.CommitAsync(Some.Workspace, Some.ContactId, It.IsAny<PendingWrite>(), It.IsAny<CancellationToken>()))
            .Callback((WorkspaceId _, ContactId _, PendingWrite write, CancellationToken _) => _written.Add(write.Message!.Value.Message))
            .ReturnsAsync(new PendingVersions(null, null));
        _files.Setup(f => f.SaveAsync(It.IsAny<string>(), It.IsAny<Stream>(), It.IsAny<FileFacts>(), It.IsAny<CancellationToken>()))
            .Returns(async (string key, Stream content, FileFacts facts, CancellationToken token) =>
            {
                using var copy = new MemoryStream();
                await content.CopyToAsync(copy, token);
                return new StoredFile(key, copy.Length, facts, Some.Now);
            });
    }

    [Fact]
    public async Task Stores_a_copy_and_changes_that_one_attachment()
    {
        Downloads(() => Opened("%PDF-1.4 tiny", "image/jpeg", "factura.pdf"));

        await RunAsync();

        Message written = Assert.Single(_written);
        Assert.Equal(_message with { Content = written.Content }, written);
        Assert.Equal(_message.Content.Attachments[1], written.Content.Attachments[1]);
        Assert.Equal(
            _message.Content.Attachments[0] with
            {
                State = AttachmentState.Ready, ContentType = "application/pdf", Size = 13, FileName = "factura.pdf", Key = $"media/main/{_message.Id}/0",
            },
            written.Content.Attachments[0]);
        Assert.Contains("\"state\":\"ready\"", Told().Data, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 6)]
    [InlineData(9, 2_400)]
    public async Task Comes_back_later_when_the_provider_fails(int attempt, int seconds)
    {
        Downloads(() => new DownloadOutcome.Unavailable("503"));

        await RunAsync(attempt);

        Assert.Empty(_written);
        _queues.Verify(q => q.PutAsync(Work(attempt + 1), It.IsAny<CancellationToken>(), TimeSpan.FromSeconds(seconds)));
    }

    [Fact]
    public async Task Waits_as_long_as_the_provider_asks()
    {
        Downloads(() => new DownloadOutcome.Unavailable("429", TimeSpan.FromSeconds(90)));

        await RunAsync();

        _queues.Verify(q => q.PutAsync(Work(2), It.IsAny<CancellationToken>(), TimeSpan.FromSeconds(90)));
    }

    [Fact]
    public async Task Gives_up_in_the_end_and_says_why()
    {
        Downloads(() => new DownloadOutcome.Unavailable("The provider answered 503 again and again."));

        await RunAsync(MediaRetry.Attempts);

        AssertFailed("The provider answered 503 again and again.");
        _queues.VerifyNoOtherCalls();
    }

    [Fact]
    public async Task Gives_a_missing_file_three_tries()
    {
        Downloads(() => new DownloadOutcome.Missing());

        await RunAsync(MediaRetry.AttemptsWhenMissing - 1);
        Assert.Empty(_written);
        await RunAsync(MediaRetry.AttemptsWhenMissing);

        AssertFailed("The provider does not have the file any more.");
    }

    [Fact]
    public async Task Fails_at_once_when_the_provider_refuses()
    {
        Downloads(() => new DownloadOutcome.Refused("Not yours (403)."));

        await RunAsync();

        AssertFailed("Not yours (403).");
    }

    [Theory]
    [InlineData("<html><script>", "The file is a program, a script or a web page. Such files are not kept.")]
    [InlineData("", "The file is empty.")]
    public async Task Refuses_what_must_not_be_kept(string contents, string reason)
    {
        Downloads(() => Opened(contents, "image/png", null));

        await RunAsync();

        AssertFailed(reason);
        _files.Verify(f => f.SaveAsync(It.IsAny<string>(), It.IsAny<Stream>(), It.IsAny<FileFacts>(), It.IsAny<CancellationToken>()), Times.Never);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stops_at_a_hundred_megabytes_whether_announced_or_not(bool announced)
    {
        Downloads(() => new DownloadOutcome.Opened(
            new Endless(FetchMedia.MaximumSize + 1), "video/mp4", null, announced ? FetchMedia.MaximumSize + 1 : null, new MemoryStream()));

        await RunAsync();

        AssertFailed("The file is larger than 100 MB.");
    }

    [Fact]
    public async Task Tries_again_when_the_connection_breaks_in_the_middle()
    {
        Downloads(() => new DownloadOutcome.Opened(new Endless(100_000, breaks: true), "video/mp4", null, null, new MemoryStream()));

        await RunAsync();

        Assert.Empty(_written);
        _queues.Verify(q => q.PutAsync(Work(2), It.IsAny<CancellationToken>(), TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public async Task Does_nothing_twice_but_tells_it_again()
    {
        Downloads(() => Opened("%PDF-1.4", null, null));

        await RunAsync();
        await RunAsync();

        Assert.Single(_written);
        _download.Verify(d => d.OpenAsync(It.IsAny<MediaLocation.At>(), It.IsAny<IReadOnlyList<string>>(), It.IsAny<CancellationToken>()), Times.Once);
        Assert.Single(_feed.Invocations.Select(i => ((IReadOnlyList<FeedEvent>)i.Arguments[1])[0].Id).Distinct());
        Assert.Equal(2, _feed.Invocations.Count);
    }

    [Fact]
    public async Task Writes_again_when_the_message_changed_meanwhile()
    {
        Downloads(() => Opened("%PDF-1.4", null, null));
        _contacts.SetupSequence(c => c.CommitAsync(Some.Workspace, Some.ContactId, It.IsAny<PendingWrite>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((PendingVersions?)null)
            .ReturnsAsync(new PendingVersions(null, null));

        await RunAsync();

        _contacts.Verify(c => c.CommitAsync(Some.Workspace, Some.ContactId, It.IsAny<PendingWrite>(), It.IsAny<CancellationToken>()), Times.Exactly(2));
        _download.Verify(d => d.OpenAsync(It.IsAny<MediaLocation.At>(), It.IsAny<IReadOnlyList<string>>(), It.IsAny<CancellationToken>()), Times.Once);
    }

    private Task RunAsync(int attempt = 1) => new FetchMedia(
        _contacts.Object, _channels.Object, _providers.Object, _download.Object, _files.Object, _feed.Object, _queues.Object, new FakeClock(Some.Now))
        .RunAsync(Work(attempt), CancellationToken.None);

    private MediaWork Work(int attempt) => new(Some.Workspace, Some.Channel.Id, _message.Id, $"{_message.Id}_0", attempt);

    private void Downloads(Func<DownloadOutcome> outcome) =>
        _download.Setup(d => d.OpenAsync(It.IsAny<MediaLocation.At>(), It.IsAny<IReadOnlyList<string>>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => outcome());

    private static DownloadOutcome.Opened Opened(string contents, string? type, string? name) =>
        new(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(contents)), type, name, contents.Length, new MemoryStream());

    private void AssertFailed(string reason)
    {
        Attachment failed = Assert.Single(_written).Content.Attachments[0];
        Assert.Equal((AttachmentState.Failed, reason), (failed.State, failed.Failure));
        Assert.Contains("\"state\":\"failed\"", Told().Data, StringComparison.Ordinal);
    }

    private FeedEvent Told() => ((IReadOnlyList<FeedEvent>)_feed.Invocations.Single().Arguments[1]).Single();

    /// <summary>An MP4 of zeros, of any length, without the memory for it.</summary>
    private sealed class Endless(long length, bool breaks = false) : Stream
    {
        private static readonly byte[] Head = [0, 0, 0, 24, .. "ftypisom"u8];
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (breaks && _position > length / 2) throw new IOException("reset by peer");
            int size = (int)Math.Min(count, length - _position);
            Array.Clear(buffer, offset, size);
            if (_position == 0) Head.CopyTo(buffer, offset);
            _position += size;
            return size;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
