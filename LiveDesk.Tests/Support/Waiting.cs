namespace LiveDesk.Tests.Support;

/// <summary>For load that needs time to build up; never to hope that something has happened by then.</summary>
public static class Waiting
{
    public static async Task ForAsync(TimeSpan time)
    {
        using var timer = new PeriodicTimer(time);
        await timer.WaitForNextTickAsync();
    }
}
