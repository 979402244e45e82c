namespace LiveDesk.Domain.Messaging.Files;

/// <summary>
/// A file on its way in: its type is told from its first bytes, and it breaks off beyond a size. Read <see cref="Content"/> to its end.
/// </summary>
public sealed class FileIntake
{
    private readonly LimitedStream _content;

    private FileIntake(string? contentType, bool isEmpty, LimitedStream content) => (ContentType, IsEmpty, _content) = (contentType, isEmpty, content);

    /// <summary>Null if the file is refused: a program, a script or active markup.</summary>
    public string? ContentType { get; }

    public bool IsEmpty { get; }

    public Stream Content => _content;

    /// <summary>Reading ended because there was more than the limit.</summary>
    public bool WasTooLarge => _content.WasTooLarge;

    /// <param name="declared">The type that the sender claims.</param>
    /// <param name="maximumSize">In bytes.</param>
    public static async Task<FileIntake> OpenAsync(Stream source, string? declared, long maximumSize, CancellationToken cancellationToken)
    {
        byte[] head = new byte[ContentSniffer.BytesNeeded];
        int length = await source.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        SniffedContent sniffed = ContentSniffer.Sniff(head.AsSpan(0, length));
        return new FileIntake(FileTypes.Of(sniffed, declared), length == 0, new LimitedStream(head.AsMemory(0, length), source, maximumSize));
    }

    /// <summary>The head that has been read, then the rest; fails as soon as the limit is passed.</summary>
    private sealed class LimitedStream(ReadOnlyMemory<byte> head, Stream rest, long maximum) : Stream
    {
        private ReadOnlyMemory<byte> _head = head;
        private long _read;

        public bool WasTooLarge { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _read; set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Count(_head.IsEmpty ? await rest.ReadAsync(buffer, cancellationToken) : FromHead(buffer.Span));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) =>
            Count(_head.IsEmpty ? rest.Read(buffer, offset, count) : FromHead(buffer.AsSpan(offset, count)));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private int FromHead(Span<byte> buffer)
        {
            int length = Math.Min(buffer.Length, _head.Length);
            _head.Span[..length].CopyTo(buffer);
            _head = _head[length..];
            return length;
        }

        private int Count(int length)
        {
            _read += length;
            if (_read <= maximum) return length;
            WasTooLarge = true;
            throw new InvalidDataException($"More than {maximum} bytes.");
        }
    }
}
