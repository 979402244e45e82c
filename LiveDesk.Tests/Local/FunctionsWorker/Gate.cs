using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Local.FunctionsWorker;

/// <summary>Holds functions inside until the test lets them pass, and counts them.</summary>
public sealed class Gate
{
    private readonly SemaphoreSlim _passes = new(0);
    private readonly Lock _lock = new();

    public int Entered { get; private set; }

    public int Inside { get; private set; }

    public int MostInside { get; private set; }

    public async Task PassAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            Entered++;
            Inside++;
            MostInside = Math.Max(MostInside, Inside);
        }
        try
        {
            await _passes.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_lock) Inside--;
        }
    }

    public void LetPass(int count) => _passes.Release(count);

    public Task SeesInsideAsync(int count) => Eventually.IsTrueAsync(() => Inside == count, $"{count} functions are inside");

    public Task SeesEnteredAsync(int count) => Eventually.IsTrueAsync(() => Entered >= count, $"{count} functions have entered");
}
