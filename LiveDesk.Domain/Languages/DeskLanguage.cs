using System.Globalization;

namespace LiveDesk.Domain.Languages;

/// <summary>A language in which the desk speaks to customers by itself.</summary>
public enum DeskLanguage
{
    English,
    Spanish,
    French,
    Thai,
}

public static class DeskLanguages
{
    /// <summary>
    /// The language of a tag as contacts carry it (<c>es</c>, <c>es-MX</c>, <c>th_TH</c>, any case); English if there is none, or none of
    /// these.
    /// </summary>
    public static DeskLanguage For(string? tag)
    {
        string primary = (tag ?? "").Trim().Split('-', '_')[0];
        return primary.ToUpperInvariant() switch
        {
            "ES" or "SPA" => DeskLanguage.Spanish,
            "FR" or "FRA" or "FRE" => DeskLanguage.French,
            "TH" or "THA" => DeskLanguage.Thai,
            _ => DeskLanguage.English,
        };
    }

    /// <summary>
    /// The first tag of an <c>Accept-Language</c> header that is one of these languages, by the weights given there; null if none is.
    /// </summary>
    public static string? Preferred(string? acceptLanguage) => (acceptLanguage ?? "").Split(',')
        .Select(part => part.Split(';', StringSplitOptions.TrimEntries))
        .Select((part, index) => (Tag: part[0], Weight: Weight(part), Index: index))
        .Where(wanted => wanted.Weight > 0 && IsSpoken(wanted.Tag))
        .OrderByDescending(wanted => wanted.Weight).ThenBy(wanted => wanted.Index)
        .Select(wanted => wanted.Tag).FirstOrDefault();

    private static double Weight(string[] part) =>
        part.FirstOrDefault(p => p.StartsWith("q=", StringComparison.OrdinalIgnoreCase)) is not { } given ? 1
            : double.TryParse(given[2..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double weight) ? weight : 0;

    private static bool IsSpoken(string tag) =>
        For(tag) != DeskLanguage.English || tag.Split('-')[0].Equals("en", StringComparison.OrdinalIgnoreCase);
}
