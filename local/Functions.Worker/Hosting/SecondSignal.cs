using System.Runtime.InteropServices;

namespace LiveDesk.Local;

/// <summary>While the host drains, one more Ctrl-C or SIGTERM ends the process at once.</summary>
internal sealed class SecondSignal : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations =
        [PosixSignalRegistration.Create(PosixSignal.SIGINT, End), PosixSignalRegistration.Create(PosixSignal.SIGTERM, End)];

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
    }

    private static void End(PosixSignalContext signal) => Environment.Exit(signal.Signal == PosixSignal.SIGINT ? 130 : 143);
}
