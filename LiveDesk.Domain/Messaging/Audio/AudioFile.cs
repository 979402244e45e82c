namespace LiveDesk.Domain.Messaging.Audio;

public enum AudioContainer
{
    Ogg,
    WebM,
    Mp4,
    Mp3,
    Wav,
    Adts,
    Amr,
}

public enum AudioCodec
{
    Opus,
    Vorbis,
    Aac,
    Mp3,
    Pcm,
    Amr,

    /// <summary>Audio of a kind that no channel plays.</summary>
    Other,
}

/// <summary>Why a file is not accepted as audio.</summary>
public enum AudioRefusal
{
    /// <summary>None of the formats that are understood, or no audio in it.</summary>
    Unknown,

    /// <summary>Ends before it should: an upload that broke off.</summary>
    Truncated,

    /// <summary>Contradicts its own format.</summary>
    Corrupt,
}

/// <summary>What a file is, as measured from its contents.</summary>
/// <param name="Duration">Playing time, exact to a packet (some 25 ms).</param>
public sealed record AudioFile(AudioContainer Container, AudioCodec Codec, TimeSpan Duration)
{
    /// <summary>WhatsApp shows audio as a voice note in this form alone.</summary>
    public bool IsOggOpus => Container == AudioContainer.Ogg && Codec == AudioCodec.Opus;

    /// <summary>As providers expect it, with the codec where it decides (<c>audio/ogg; codecs=opus</c>).</summary>
    public string ContentType => (Container, Codec) switch
    {
        (AudioContainer.Ogg, AudioCodec.Opus) => "audio/ogg; codecs=opus",
        (AudioContainer.Ogg, _) => "audio/ogg",
        (AudioContainer.WebM, AudioCodec.Opus) => "audio/webm; codecs=opus",
        (AudioContainer.WebM, _) => "audio/webm",
        (AudioContainer.Mp4, _) => "audio/mp4",
        (AudioContainer.Mp3, _) => "audio/mpeg",
        (AudioContainer.Wav, _) => "audio/wav",
        (AudioContainer.Adts, _) => "audio/aac",
        _ => "audio/amr",
    };
}

/// <summary>The file, or why it is refused: one of the two.</summary>
public readonly record struct AudioProbeResult
{
    private AudioProbeResult(AudioFile? file, AudioRefusal? refusal) => (File, Refusal) = (file, refusal);

    public AudioFile? File { get; }

    public AudioRefusal? Refusal { get; }

    public static implicit operator AudioProbeResult(AudioRefusal refusal) => new AudioProbeResult(null, refusal);

    /// <summary>A playing time that no message can have is a lie of the file.</summary>
    internal static AudioProbeResult Of(AudioContainer container, AudioCodec codec, double seconds) =>
        seconds is >= 0 and < 1_000_000
            ? new AudioProbeResult(new AudioFile(container, codec, TimeSpan.FromSeconds(seconds)), null)
            : AudioRefusal.Corrupt;
}
