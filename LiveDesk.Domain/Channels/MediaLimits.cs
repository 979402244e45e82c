namespace LiveDesk.Domain.Channels;

/// <summary>Which files one message may carry. Sizes are in bytes.</summary>
/// <param name="MaximumFiles">Files in one message; 0 where the channel carries text alone.</param>
/// <param name="Rules">The first that names a file's type holds; a type that none names is refused.</param>
/// <param name="MaximumTotal">All files of a message together; null: no limit of its own.</param>
public sealed record MediaLimits(int MaximumFiles, IReadOnlyList<MediaRule> Rules, long? MaximumTotal = null)
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>Text alone.</summary>
    public static readonly MediaLimits None = new(0, []);

    /// <summary>
    /// WhatsApp's own limits, one file a message; a caption goes with everything but audio
    /// (developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types).
    /// </summary>
    public static readonly MediaLimits WhatsApp = new(1,
    [
        new("image/jpeg image/png", 5 * Megabyte, MaximumCaption: 1024),
        new("video/mp4 video/3gpp", 16 * Megabyte, MaximumCaption: 1024),
        new("audio/aac audio/mp4 audio/mpeg audio/amr audio/ogg", 16 * Megabyte),
        new("image/* video/* audio/*", 0),
        new("*", 100 * Megabyte, MaximumCaption: 1024),
    ]);

    /// <returns>Null if files of this type are refused.</returns>
    public MediaRule? RuleFor(string contentType) => Rules.FirstOrDefault(rule => rule.Covers(contentType)) is { MaximumSize: > 0 } rule ? rule : null;
}

/// <param name="Types">Content types without parameters, separated by spaces; <c>image/*</c> for all of a kind, <c>*</c> for any.</param>
/// <param name="MaximumSize">Of one file, in bytes; 0: these types are refused.</param>
/// <param name="MaximumCaption">Characters of text that may go in the same message; 0: none.</param>
public sealed record MediaRule(string Types, long MaximumSize, int MaximumCaption = 0)
{
    public bool Covers(string contentType)
    {
        string plain = contentType.Split(';')[0].Trim().ToLowerInvariant();
        return Types.Split(' ').Any(type =>
            type == "*" || type == plain || (type.EndsWith("/*", StringComparison.Ordinal) && plain.StartsWith(type[..^1], StringComparison.Ordinal)));
    }
}
