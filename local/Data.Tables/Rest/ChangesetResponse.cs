using System.Diagnostics.CodeAnalysis;
using System.Text;
using Azure.Core;

namespace Azure.Data.Tables.Rest;

/// <summary>The response to one action of a transaction, cut out of the response to the whole.</summary>
internal sealed class ChangesetResponse(int status, string reason, List<HttpHeader> headers, string body) : Response
{
    public override int Status { get; } = status;

    public override string ReasonPhrase { get; } = reason;

    public override Stream? ContentStream { get; set; } = new MemoryStream(Encoding.UTF8.GetBytes(body));

    public override string ClientRequestId { get; set; } = "";

    public override bool IsError => Status >= 400;

    public override void Dispose() => ContentStream?.Dispose();

    protected override bool ContainsHeader(string name) => TryGetHeaderValues(name, out _);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => headers;

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        bool found = TryGetHeaderValues(name, out var values);
        value = found ? string.Join(',', values!) : null;
        return found;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        string[] found = [.. headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value)];
        values = found.Length > 0 ? found : null;
        return values is not null;
    }
}
