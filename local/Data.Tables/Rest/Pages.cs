using System.Runtime.CompilerServices;

namespace Azure.Data.Tables.Rest;

/// <summary>Fetches the page that a continuation token points to; the first without one.</summary>
internal delegate Task<Page<T>> FetchPage<T>(string? continuationToken, int? pageSize, bool async, CancellationToken cancellationToken);

/// <summary>A query's result, fetched page by page as it is read.</summary>
internal sealed class AsyncPages<T>(FetchPage<T> fetch, int? maxPerPage, CancellationToken cancellationToken) : AsyncPageable<T>(cancellationToken)
    where T : notnull
{
    public override IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null) =>
        ReadAsync(continuationToken, pageSizeHint ?? maxPerPage, CancellationToken);

    private async IAsyncEnumerable<Page<T>> ReadAsync(string? token, int? pageSize, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        do
        {
            var page = await fetch(token, pageSize, true, cancellationToken).ConfigureAwait(false);
            yield return page;
            token = page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(token));
    }
}

/// <summary>The same for callers that block.</summary>
internal sealed class Pages<T>(FetchPage<T> fetch, int? maxPerPage, CancellationToken cancellationToken) : Pageable<T>(cancellationToken)
    where T : notnull
{
    public override IEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        string? token = continuationToken;
        do
        {
            var page = fetch(token, pageSizeHint ?? maxPerPage, false, CancellationToken).GetAwaiter().GetResult();
            yield return page;
            token = page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(token));
    }
}
