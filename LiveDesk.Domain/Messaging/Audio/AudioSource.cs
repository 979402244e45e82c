namespace LiveDesk.Domain.Messaging.Audio;

/// <summary>Bytes of a file by position, through a window of fixed size.</summary>
internal sealed class AudioSource(Stream stream)
{
    private readonly byte[] _window = new byte[32 * 1024];
    private long _start;
    private int _filled;

    public long Length { get; } = stream.Length;

    /// <summary>Fills the whole span, or tells that the file ends before it could.</summary>
    public bool TryRead(long at, Span<byte> into)
    {
        if (at < 0 || at > Length - into.Length) return false;
        while (into.Length > 0)
        {
            if ((at < _start || at >= _start + _filled) && !TryFill(at)) return false;
            int skip = (int)(at - _start), count = Math.Min(into.Length, _filled - skip);
            _window.AsSpan(skip, count).CopyTo(into);
            at += count;
            into = into[count..];
        }

        return true;
    }

    private bool TryFill(long at)
    {
        stream.Position = _start = at;
        _filled = stream.ReadAtLeast(_window, _window.Length, throwOnEndOfStream: false);
        return _filled > 0;
    }
}
