using System.Collections;
using LiveDesk.Local.TwilioSdk;
using Twilio.Clients;

namespace Twilio.Base;

/// <summary>A list over all pages. Moving past the end of a page fetches the next one, blocking.</summary>
/// <typeparam name="T">The resource listed.</typeparam>
public class ResourceSet<T> : IEnumerable<T>
    where T : Resource
{
    private readonly Page<T> _first;
    private readonly ReadOptions<T> _options;
    private readonly Func<Page<T>, ITwilioRestClient, Page<T>> _next;
    private readonly ITwilioRestClient _client;

    internal ResourceSet(
        Page<T> page, ReadOptions<T> options, Func<Page<T>, ITwilioRestClient, Page<T>> next, ITwilioRestClient client)
    {
        _first = page;
        _options = options;
        _next = next;
        _client = client;
    }

    /// <summary>Whether later pages are fetched; true unless set.</summary>
    public bool AutoPaging { get; set; } = true;

    /// <summary>Yields the records. As in the official library, a limit that is no multiple of the page size may be exceeded by one record.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        long processed = 0;
        long pages = 1;
        double mostPages = _options.Limit is { } limit ? Math.Ceiling((double)limit / _first.PageSize) : double.MaxValue;
        for (Page<T> page = _first; ; page = _next(page, _client), pages++)
        {
            foreach (T record in page.Records)
            {
                if (processed > _options.Limit) yield break;
                processed++;
                yield return record;
            }

            if (!AutoPaging || !page.HasNextPage() || pages >= mostPages) yield break;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
