using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Providers.Meta;

/// <summary>Whether credentials are complete and well-formed.</summary>
internal sealed class FieldChecks(IReadOnlyDictionary<string, string> credentials)
{
    private readonly List<FieldError> _errors = [];

    public IReadOnlyList<FieldError> Errors => _errors;

    /// <summary>An id of Meta; the commonest mistake is to give the telephone number, with its plus, instead.</summary>
    public FieldChecks Id(string name, string words)
    {
        if (!ProviderIds.IsWellFormed(Value(name)))
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
