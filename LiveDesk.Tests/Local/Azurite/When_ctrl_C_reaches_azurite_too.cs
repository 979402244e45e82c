using System.Diagnostics;
using System.Globalization;
using LiveDesk.Local;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Local.Azurite;

public sealed class When_ctrl_C_reaches_azurite_too
{
    [Fact]
    public async Task It_stays_for_the_host_that_still_drains()
    {
        using var child = Process.Start(new ProcessStartInfo("dotnet", [typeof(TestStorage).Assembly.Location, "azurite"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        int port = int.Parse((await child.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);

        // A terminal sends the signal to every process of the group, so to Azurite as well.
        using (Process signal = Process.Start("pkill", ["-INT", "-P", $"{child.Id}"]))
        {
            await signal.WaitForExitAsync();
            Assert.Equal(0, signal.ExitCode);
        }
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (int probe = 0; probe < 20; probe++)
        {
            Assert.Equal(AzuritePort.Occupant.Azurite, await AzuritePort.ProbeAsync(port, CancellationToken.None));
            await pause.WaitForNextTickAsync();
        }

        child.StandardInput.Close();
        await Eventually.SeesAsync(
            () => AzuritePort.ProbeAsync(port, CancellationToken.None), found => found == AzuritePort.Occupant.Nobody, "it ends with the host");
    }
}
