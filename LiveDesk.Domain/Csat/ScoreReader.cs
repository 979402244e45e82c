using System.Buffers;
using System.Globalization;

namespace LiveDesk.Domain.Csat;

/// <summary>Reads a score and a comment off a message, by the rules of <see cref="SurveyAnswer.TryParse"/>.</summary>
internal ref struct ScoreReader(string text)
{
    private const int Best = 5;

    private static readonly SearchValues<char> Punctuation = SearchValues.Create(".,;:!…-–—");

    private readonly string _text = text.Trim();
    private readonly string _lower = text.Trim().ToLowerInvariant();
    private int _at;
    private Form _form;
    private bool _inPoints;

    private enum Form
    {
        Digit,
        Word,
        OneStar,
        Stars,
    }

    private readonly ReadOnlySpan<char> Rest => _lower.AsSpan(_at);

    public bool TryReadScore(out int score)
    {
        SkipLabel();
        if (!TryReadStars(out score) && !TryReadDigit(out score) && !TryReadWord(out score)) return false;

        // "4 stars out of 5", "4/5 stars"
        for (int i = 0; i < 2; i++)
            if (!TrySkipOutOf()) SkipUnit();
        return true;
    }

    public readonly bool TryReadComment(out string? comment)
    {
        comment = null;
        ReadOnlySpan<char> rest = Rest;
        if (rest.IsWhiteSpace()) return true;

        ReadOnlySpan<char> afterSigns = rest.TrimStart(" \t\r\n\u00a0.,;:!…-–—+/x*()#");
        if (afterSigns.Length > 0 && char.IsDigit(afterSigns[0])) return false;

        bool spaced = char.IsWhiteSpace(rest[0]);
        ReadOnlySpan<char> next = rest.TrimStart();
        if (!MayFollow(next, spaced) || IsNumberedList()) return false;

        int skip = SkippedPunctuation(next);
        ReadOnlySpan<char> said = next[skip..].TrimStart();
        bool punctuated = skip > 0 && next[0] != '-';
        if (!punctuated && !MayBeComment(said)) return false;
        if (said.Length > 0 && _form == Form.OneStar) return false;

        comment = said.Length == 0 ? null : _text[^said.Length..];
        return true;
    }

    private void SkipLabel()
    {
        foreach (string label in ScoreWords.Labels)
        {
            if (!Rest.StartsWith(label, StringComparison.Ordinal)) continue;
            ReadOnlySpan<char> after = Rest[label.Length..].TrimStart(" :=");
            if (after.Length == Rest.Length - label.Length && !IsThai(label[0])) continue;
            _at = _lower.Length - after.Length;
            return;
        }
    }

    private bool TryReadStars(out int score)
    {
        score = 0;
        int empty = 0, at = _at;
        while (at < _lower.Length)
        {
            if (_lower[at] is '⭐' or '★') score++;
            else if (_lower.AsSpan(at).StartsWith("🌟", StringComparison.Ordinal)) (score, at) = (score + 1, at + 1);
            else if (_lower[at] == '☆') empty++;
            else if (_lower[at] != '\ufe0f') break;
            at++;
        }

        if (score is < 1 or > Best || (empty > 0 && score + empty != Best)) return false;
        _form = score == 1 && empty == 0 ? Form.OneStar : Form.Stars;
        _at = at;
        return true;
    }

    private bool TryReadDigit(out int score)
    {
        score = Rest is [var digit, ..] ? digit switch { >= '1' and <= '5' => digit - '0', >= '๑' and <= '๕' => digit - '๐', _ => 0 } : 0;
        if (score == 0) return false;

        _form = Form.Digit;
        _at++;
        if (Rest.StartsWith("\ufe0f", StringComparison.Ordinal)) _at++;
        if (Rest.StartsWith("\u20e3", StringComparison.Ordinal)) _at++;
        return true;
    }

    private bool TryReadWord(out int score)
    {
        _form = Form.Word;
        ReadOnlySpan<char> word = FirstWord(Rest);
        if (ScoreWords.Numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out score))
        {
            _at += word.Length;
            return true;
        }

        foreach ((string thai, int value) in ScoreWords.ThaiNumbers)
        {
            if (!Rest.StartsWith(thai, StringComparison.Ordinal)) continue;
            (score, _at) = (value, _at + thai.Length);
            return true;
        }

        return false;
    }

    private bool TrySkipOutOf()
    {
        ReadOnlySpan<char> rest = Rest.TrimStart(' ');
        if (rest.StartsWith("/", StringComparison.Ordinal)) return TrySkipBest(rest[1..]);
        foreach (string words in ScoreWords.OutOf)
            if (rest.StartsWith(words, StringComparison.Ordinal) && TrySkipBest(rest[words.Length..])) return true;
        return false;
    }

    private bool TrySkipBest(ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart(' ');
        if (rest is not ['5' or '๕', ..] || (rest.Length > 1 && (char.IsDigit(rest[1]) || rest[1] is '/' or '%'))) return false;
        _at = _lower.Length - rest.Length + 1;
        return true;
    }

    private void SkipUnit()
    {
        ReadOnlySpan<char> rest = Rest.TrimStart(" -");
        foreach (string unit in ScoreWords.ThaiUnits)
        {
            if (!rest.StartsWith(unit, StringComparison.Ordinal)) continue;
            (_at, _form) = (_lower.Length - rest.Length + unit.Length, Form.Stars);
            return;
        }

        ReadOnlySpan<char> word = FirstWord(rest);
        bool stars = ScoreWords.Stars.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
        if (rest.Length == Rest.Length || !(stars || ScoreWords.Points.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word))) return;

        _at = _lower.Length - rest.Length + word.Length;
        _inPoints |= !stars;
        if (stars) _form = Form.Stars;
    }

    /// <summary>What may stand right behind the score.</summary>
    private readonly bool MayFollow(ReadOnlySpan<char> next, bool spaced) => next[0] switch
    {
        '.' or ',' or ';' or ':' or '!' or '…' or '-' or '–' or '—' or '+' or '(' => true,
        var c when char.IsLetter(c) => spaced ? _form != Form.Word : _form is Form.Stars or Form.OneStar || (_form == Form.Digit && IsThai(c)),
        var c when char.IsSurrogate(c) => true,
        var c when char.GetUnicodeCategory(c) is UnicodeCategory.OtherSymbol => c != '°',
        '"' or '\'' or '«' or '“' or '¡' => spaced,
        _ => false,
    };

    /// <summary>False for words that make the number a quantity, a date or one of two numbers.</summary>
    private readonly bool MayBeComment(ReadOnlySpan<char> said)
    {
        if (said.Length == 0 || !char.IsLetter(said[0])) return true;
        if (_inPoints) return false;
        if (_form is Form.Stars or Form.OneStar) return true;
        if (IsThai(said[0])) return !CountsInThai(said);

        ReadOnlySpan<char> first = FirstWord(said);
        if (ScoreWords.Quantities.GetAlternateLookup<ReadOnlySpan<char>>().Contains(first)) return false;
        if (said.StartsWith("o'clock", StringComparison.Ordinal) || said.StartsWith("o’clock", StringComparison.Ordinal)) return false;
        if (said is ['a' or 'p', '.', 'm', ..] or ['a' or 'p', '.', ' ', 'm', ..]) return false;
        if (!ScoreWords.Joining.GetAlternateLookup<ReadOnlySpan<char>>().Contains(first)) return true;

        ReadOnlySpan<char> second = said[first.Length..].TrimStart();
        if (second.StartsWith("a ", StringComparison.Ordinal)) second = second[2..];
        return !(second.Length > 0 && char.IsDigit(second[0]))
            && !ScoreWords.Numbers.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(FirstWord(second))
            && !ScoreWords.Halves.GetAlternateLookup<ReadOnlySpan<char>>().Contains(FirstWord(second));
    }

    private static bool CountsInThai(ReadOnlySpan<char> said)
    {
        foreach (string quantity in ScoreWords.ThaiQuantities)
            if (said.StartsWith(quantity, StringComparison.Ordinal)) return true;
        // วันนี้ is today, any other วัน counts days. A range or a fraction has a digit after its word.
        if (said.StartsWith("วัน", StringComparison.Ordinal)) return !said.StartsWith("วันนี้", StringComparison.Ordinal);
        foreach (string joining in (ReadOnlySpan<string>)["หรือ", "ถึง", "และ", "จาก", "เต็ม"])
            if (said.StartsWith(joining, StringComparison.Ordinal)) return said[joining.Length..].TrimStart() is [var c, ..] && char.IsDigit(c);
        return said.StartsWith("ครึ่ง", StringComparison.Ordinal);
    }

    /// <summary>Punctuation between score and comment; a sign that begins a smiley is none.</summary>
    private static int SkippedPunctuation(ReadOnlySpan<char> next)
    {
        int length = next.IndexOfAnyExcept(Punctuation);
        if (length < 0) return next.Length;
        return next[length] is ')' or '(' or '/' or '*' ? 0 : length;
    }

    private readonly bool IsNumberedList()
    {
        if (Rest is not ['.' or '-', ..]) return false;
        foreach (ReadOnlySpan<char> line in Rest.EnumerateLines())
            if (line.TrimStart() is [>= '0' and <= '9', '.' or '-' or ')', ..]) return true;
        return false;
    }

    private static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && char.IsLetter(text[length])) length++;
        return text[..length];
    }

    private static bool IsThai(char c) => c is >= '\u0e01' and <= '\u0e4e';
}
