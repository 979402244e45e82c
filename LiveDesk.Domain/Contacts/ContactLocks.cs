namespace LiveDesk.Domain.Contacts;

/// <summary>
/// Lets the work on one contact within this process take turns. Correctness does not depend on it (every write is conditional);
/// it only spares the conflicts that a burst of one contact's messages would cause.
/// </summary>
public class ContactLocks
{
    private readonly SemaphoreSlim[] _stripes = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1, 1))];

    public async Task<IDisposable> EnterAsync(ContactId contact, CancellationToken cancellationToken)
    {
        SemaphoreSlim stripe = _stripes[(uint)StringComparer.Ordinal.GetHashCode(contact.Key) % (uint)_stripes.Length];
        await stripe.WaitAsync(cancellationToken);
        return new Held(stripe);
    }

    private sealed class Held(SemaphoreSlim stripe) : IDisposable
    {
        public void Dispose() => stripe.Release();
    }
}

/// <summary>Turns for sending to one contact; apart from the turns for writing, since a sender writes.</summary>
public sealed class SendLocks : ContactLocks;
