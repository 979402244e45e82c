namespace LiveDesk.Local;

/// <summary>Where the host listens.</summary>
/// <param name="BaseUrl">Such as http://127.0.0.1:7071/, with the port that is really used.</param>
/// <param name="RoutePrefix">From host.json, "api" unless changed, without slashes.</param>
public sealed record HostAddress(Uri BaseUrl, string RoutePrefix);

/// <summary>Something to run once everything listens. Register it in the services; what it needs of the command line is in IConfiguration.</summary>
public interface IAfterStart
{
    /// <summary>Runs beside the host; a failure is logged and does not stop the host.</summary>
    /// <param name="address">Where the host listens.</param>
    /// <param name="cancellationToken">Cancelled when the host begins to stop.</param>
    Task RunAsync(HostAddress address, CancellationToken cancellationToken);
}
