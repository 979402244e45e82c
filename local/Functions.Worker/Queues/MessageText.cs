namespace LiveDesk.Local;

/// <summary>
/// The text of a queue message. The host decodes it itself: the client library refuses a whole batch if one message of it is not base64.
/// </summary>
internal static class MessageText
{
    public static string Encode(BinaryData body, bool base64) => base64 ? Convert.ToBase64String(body.ToMemory().Span) : body.ToString();

    /// <summary>Null if the text is not what the encoding says.</summary>
    public static BinaryData? Decode(BinaryData text, bool base64)
    {
        if (!base64)
            return text;
        ReadOnlySpan<byte> encoded = text.ToMemory().Span;
        var decoded = new byte[System.Buffers.Text.Base64.GetMaxDecodedFromUtf8Length(encoded.Length)];
        return System.Buffers.Text.Base64.DecodeFromUtf8(encoded, decoded, out _, out int written) == System.Buffers.OperationStatus.Done
            ? BinaryData.FromBytes(decoded.AsMemory(0, written))
            : null;
    }
}
