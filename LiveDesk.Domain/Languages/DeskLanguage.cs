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
}
