using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Providers.Meta;

/// <summary>Whether credentials are complete and well-formed.</summary>
internal sealed class FieldChecks(IReadOnlyDictionary<string, string> credentials)
{
    private readonly List<FieldError> _errors = [];

    public IReadOnlyList<FieldError> Errors => _errors;

    /// <summary>Ids of Meta are digits only; the commonest mistake is to give the telephone number instead.</summary>
    public FieldChecks Id(string name, string words)
    {
        if (Value(name) is not { Length: <= 32 } id || id.AsSpan().ContainsAnyExceptInRange('0', '9'))
            _errors.Add(new FieldError($"credentials.{name}", words));
        return this;
    }

    public FieldChecks Required(string name, string words)
    {
        if (string.IsNullOrWhiteSpace(Value(name))) _errors.Add(new FieldError($"credentials.{name}", words));
        return this;
    }

    private string? Value(string name) => credentials.GetValueOrDefault(name);
}
