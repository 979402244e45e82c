namespace LiveDesk.Domain.Workspaces;

/// <summary>What kind of no it is; each has one HTTP status.</summary>
public enum RefusalKind
{
    /// <summary>400: the request itself is malformed.</summary>
    Malformed,

    /// <summary>401: nobody knows the caller.</summary>
    Unauthenticated,

    /// <summary>403: the caller may not do this.</summary>
    Forbidden,

    /// <summary>404: no such thing, or not for this caller.</summary>
    NotFound,

    /// <summary>409: the state of the thing does not allow it.</summary>
    Conflict,

    /// <summary>410: it was there, and its time is over.</summary>
    Gone,

    /// <summary>412: it has changed since the caller read it.</summary>
    Stale,

    /// <summary>411: the body's length is not said.</summary>
    LengthRequired,

    /// <summary>413: more than is taken.</summary>
    TooLarge,

    /// <summary>415: not a kind that is taken.</summary>
    UnsupportedMedia,

    /// <summary>422: well-formed, refused by a rule.</summary>
    Rule,

    /// <summary>503: try again.</summary>
    Unavailable,
}

/// <summary>An expected no. <paramref name="Code"/> is stable; other programs decide by it.</summary>
/// <param name="Code">Lower-case words joined by underscores.</param>
/// <param name="Message">For a person: what is wrong and what to do.</param>
/// <param name="Field">The request field that is at fault, as a path (<c>settings.greeting.text</c>).</param>
public sealed record Refusal(RefusalKind Kind, string Code, string Message, string? Field = null)
{
    /// <summary>All fields at fault, where there are several.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = Field is null ? [] : [new FieldError(Field, Message)];

    /// <summary>The same, of another field.</summary>
    public Refusal At(string field) => this with { Field = field, Errors = [new FieldError(field, Message)] };

    public static Refusal Rule(string code, string message, string? field = null) => new(RefusalKind.Rule, code, message, field);

    public static Refusal Conflict(string code, string message) => new(RefusalKind.Conflict, code, message);

    public static Refusal NotFound(string what) => new(RefusalKind.NotFound, "not_found", $"No such {what}.");

    public static Refusal Malformed(string field, string message) => new(RefusalKind.Malformed, "malformed", message, field);

    public static Refusal Malformed(IReadOnlyList<FieldError> errors) =>
        new(RefusalKind.Malformed, "malformed", errors[0].Message, errors[0].Field) { Errors = errors };
}

/// <summary>A value, or the refusal that stands in its place.</summary>
public readonly record struct Result<T>
{
    private readonly T? _value;

    /// <summary>An accepted value. (Interfaces know no implicit conversion.)</summary>
    public Result(T value) => _value = value;

    private Result(Refusal refusal) => Refusal = refusal;

    public Refusal? Refusal { get; }

    public bool Accepted => Refusal is null;

    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public T Value => Refusal is null ? _value! : throw new InvalidOperationException($"Refused: {Refusal.Code}.");

    public static implicit operator Result<T>(T value) => new(value);

    public static implicit operator Result<T>(Refusal refusal) => new(refusal);

    public Result<TNext> Then<TNext>(Func<T, TNext> next) => Refusal is null ? new Result<TNext>(next(_value!)) : Refusal;
}
