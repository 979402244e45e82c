using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Channels;

/// <summary>Lists a provider's message templates. A provider that has them implements it beside <see cref="IProvider"/>.</summary>
public interface ITemplateSource
{
    /// <returns>All of the channel's templates, whatever their state; a refusal <c>provider_unavailable</c> or <c>credentials_refused</c>.</returns>
    Task<Result<IReadOnlyList<MessageTemplate>>> ListTemplatesAsync(Channel channel, CancellationToken cancellationToken);

    /// <summary>Whether a name is an id of the provider's own, which may be sent even if the list does not have it (Twilio: <c>HX...</c>).</summary>
    bool IsProviderId(string name) => false;
}

public enum TemplateStatus
{
    Approved,
    Pending,
    Rejected,
    Paused,
    Disabled,

    /// <summary>Never submitted to WhatsApp; usable where no approval is needed (SMS).</summary>
    Unsubmitted,
}

/// <summary>A message that the provider knows by name and that may be sent at any time once approved.</summary>
public sealed record MessageTemplate
{
    /// <summary>What a send names, where that is not the name itself (Twilio: the content SID).</summary>
    public string? ProviderId { get; init; }

    public required string Name { get; init; }

    /// <summary>As the provider writes it: <c>en_US</c>, <c>es</c>.</summary>
    public required string Language { get; init; }

    public required TemplateStatus Status { get; init; }

    /// <summary>The provider's category in lower case: <c>utility</c>, <c>marketing</c>, <c>authentication</c>.</summary>
    public string? Category { get; init; }

    /// <summary>Text with placeholders <c>{{1}}</c> or <c>{{name}}</c>; null for a template without text.</summary>
    public string? Body { get; init; }

    /// <summary><c>text image video document location</c>; null without a header.</summary>
    public string? Header { get; init; }

    public string? Footer { get; init; }

    /// <summary>Every variable that a send must fill, in the order of first use.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    /// <summary>Why it was rejected or paused, in the provider's words.</summary>
    public string? Reason { get; init; }
}
