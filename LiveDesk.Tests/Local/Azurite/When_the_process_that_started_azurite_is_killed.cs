using System.Diagnostics;
using System.Globalization;
using LiveDesk.Local;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Local.Azurite;

public sealed class When_the_process_that_started_azurite_is_killed
{
    /// <summary>The child's part: starts Azurite, tells its table port, and waits to be killed.</summary>
    internal static async Task<int> HoldAzuriteAsync()
    {
        var azurite = await AzuriteProcess.StartAsync(AzuriteOptions.Private with { Progress = _ => { } });
        Console.WriteLine(azurite.Table.Port.ToString(CultureInfo.InvariantCulture));
        await Console.In.ReadToEndAsync();
        return 0;
    }

    [Fact]
    public async Task Azurite_ends_too()
    {
        using var child = Process.Start(new ProcessStartInfo("dotnet", [typeof(TestStorage).Assembly.Location, "azurite"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        int port = int.Parse((await child.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        Assert.Equal(AzuritePort.Occupant.Azurite, await AzuritePort.ProbeAsync(port, CancellationToken.None));

        child.Kill();

        await Eventually.SeesAsync(
            () => AzuritePort.ProbeAsync(port, CancellationToken.None), found => found == AzuritePort.Occupant.Nobody, "nobody listens on the table port");
    }
}
