using System.Text;

namespace LiveDesk.Functions.Storage;

/// <summary>A place in a list as text that says nothing to the client: base 64 for URLs.</summary>
internal static class Cursors
{
    private const int MaximumLength = 1_024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Encode(string place) => Convert.ToBase64String(Encoding.UTF8.GetBytes(place)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <exception cref="FormatException">Not one of ours.</exception>
    public static string Decode(string cursor)
    {
        if (cursor.Length > MaximumLength) throw new FormatException("Not a cursor of this list.");
        string padded = cursor.Replace('-', '+').Replace('_', '/').PadRight((cursor.Length + 3) / 4 * 4, '=');
        try
        {
            return Strict.GetString(Convert.FromBase64String(padded));
        }
        catch (DecoderFallbackException e)
        {
            throw new FormatException("Not a cursor of this list.", e);
        }
    }
}
