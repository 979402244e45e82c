using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LiveDesk.Local;

/// <summary>
/// A running Azurite: one started here, which ends with this object or with this process, or one that already listened
/// on the wanted ports, which is left alone.
/// </summary>
public sealed partial class AzuriteProcess : IAsyncDisposable, IDisposable
{
    /// <summary>
    /// Azurite ends when its standard input does: the system closes the pipe even when this process is killed. A Ctrl-C that reaches it
    /// with the rest of the terminal's processes is ignored (only real signals carry a number): the host still drains, and needs its storage.
    /// </summary>
    private const string EndWithParent =
        "data:text/javascript,"
        + "const%20e=process.emit;process.emit=function(n,...a){return(n==='SIGINT'||n==='SIGTERM')&&a.length>0||e.call(this,n,...a)};"
        + "process.stdin.resume().on('end',()=>{process.emit('SIGINT');setTimeout(()=>process.exit(),5000).unref()})";

    /// <summary>
    /// Each look into a queue removes what has expired, and LokiJS sorts the messages of all queues and accounts anew even if that is nothing: with a few
    /// thousand waiting messages Azurite would do little else.
    /// </summary>
    private const string RemoveNothingCheaply = """
        import { createRequire } from 'node:module';
        let collection;
        try { collection = createRequire(process.argv[1])('lokijs').Collection.prototype; } catch { /* This Azurite keeps its messages elsewhere. */ }
        if (collection) {
          const remove = collection.remove;
          collection.remove = function (doc) { if (!Array.isArray(doc) || doc.length > 0) remove.call(this, doc); };
        }
        """;

    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(6);
    private readonly Process? _process;

    private AzuriteProcess(Process? process, int blobPort, int queuePort, int tablePort)
    {
        _process = process;
        (Blob, Queue, Table) = (Address(blobPort), Address(queuePort), Address(tablePort));
        if (process is not null) AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>Address of the blob service, without an account.</summary>
    public Uri Blob { get; }

    /// <summary>Address of the queue service, without an account.</summary>
    public Uri Queue { get; }

    /// <summary>Address of the table service, without an account.</summary>
    public Uri Table { get; }

    /// <summary>True if this object started the process and will stop it.</summary>
    public bool IsOwned => _process is not null;

    /// <summary>Returns when all three services answer.</summary>
    /// <exception cref="AzuriteException">Node is missing, the installation failed, or a port belongs to another program.</exception>
    public static async Task<AzuriteProcess> StartAsync(AzuriteOptions options, CancellationToken cancellationToken = default)
    {
        if (await FindRunningAsync(options, cancellationToken) is { } running) return running;
        string script = await AzuriteInstallation.LocateAsync(options.Progress, cancellationToken);
        options.Progress("Starting Azurite (local storage) ...");
        var startup = new AzuriteStartup(Process.Start(Command(script, options))!);
        try
        {
            var (blob, queue, table) = await startup.WaitAsync(options.ReadyTimeout, cancellationToken);
            return new AzuriteProcess(startup.Process, blob, queue, table);
        }
        catch (Exception failure)
        {
            Stop(startup.Process);
            // Another process may have started its Azurite at the same moment and won the ports.
            if (failure is AzuriteException && await FindRunningAsync(options, cancellationToken) is { } winner) return winner;
            throw;
        }
    }

    /// <summary>Stops the process if this object started it; data in a folder is written first.</summary>
    public void Dispose()
    {
        if (_process is null) return;
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        Stop(_process);
    }

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync() => await Task.Run(Dispose);

    private static async Task<AzuriteProcess?> FindRunningAsync(AzuriteOptions options, CancellationToken cancellationToken)
    {
        int[] ports = [options.BlobPort, options.QueuePort, options.TablePort];
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        for (int attempt = 0; ; attempt++)
        {
            var found = await Task.WhenAll(ports.Select(port => AzuritePort.ProbeAsync(port, cancellationToken)));
            int taken = Array.IndexOf(found, AzuritePort.Occupant.SomethingElse);
            if (taken >= 0)
                throw new AzuriteException($"Port {ports[taken]} is taken by a program that is not Azurite: "
                    + "stop that program, or set other ports in AzureWebJobsStorage.");
            if (found.All(o => o == AzuritePort.Occupant.Nobody)) return null;
            if (found.All(o => o == AzuritePort.Occupant.Azurite)) return new AzuriteProcess(null, ports[0], ports[1], ports[2]);
            // An Azurite that is just starting opens its services one after the other.
            if (attempt == 25)
                throw new AzuriteException($"An Azurite listens on some of the ports {string.Join(", ", ports)} but not on port "
                    + $"{ports[Array.IndexOf(found, AzuritePort.Occupant.Nobody)]}: stop it, and all three services will be started.");
            await pause.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static ProcessStartInfo Command(string script, AzuriteOptions options)
    {
        string[] arguments =
        [
            "--import", EndWithParent, "--import", $"data:text/javascript,{Uri.EscapeDataString(RemoveNothingCheaply)}", script,
            "--blobPort", Text(options.BlobPort), "--queuePort", Text(options.QueuePort), "--tablePort", Text(options.TablePort),
            "--silent", "--disableTelemetry", "--skipApiVersionCheck",
        ];
        string folder = Path.GetFullPath(options.Location ?? Path.GetTempPath());
        Directory.CreateDirectory(folder);
        string[] data = options.Location is null ? ["--inMemoryPersistence"] : ["--location", folder];
        var command = new ProcessStartInfo("node", [.. arguments, .. data])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        command.Environment.Remove("AZURITE_ACCOUNTS");
        if (options.Accounts.Count > 0)
            command.Environment["AZURITE_ACCOUNTS"] = string.Join(';', options.Accounts.Select(account => $"{account.Key}:{account.Value}"));
        return command;
    }

    private static void Stop(Process process)
    {
        try
        {
            process.StandardInput.Close();
            if (!process.WaitForExit(ExitPatience)) process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has gone already.
        }
        process.Dispose();
    }

    private void OnProcessExit(object? sender, EventArgs e) => Stop(_process!);

    private static Uri Address(int port) => new($"http://127.0.0.1:{port}/");

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads what Azurite prints until each service has told its port.</summary>
    private sealed partial class AzuriteStartup
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Dictionary<string, int> _ports = [];
        private readonly Queue<string> _lines = new();

        internal AzuriteStartup(Process process)
        {
            Process = process;
            process.OutputDataReceived += (_, line) => Read(line.Data);
            process.ErrorDataReceived += (_, line) => Read(line.Data);
            process.Exited += (_, _) => _done.TrySetResult();
            process.EnableRaisingEvents = true;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        internal Process Process { get; }

        internal async Task<(int Blob, int Queue, int Table)> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
        {
            try
            {
                await _done.Task.WaitAsync(timeout, cancellationToken);
            }
            catch (TimeoutException e)
            {
                throw new AzuriteException($"Azurite was not ready within {timeout.TotalSeconds:0} s. {Said()}", e);
            }
            lock (_ports)
            {
                if (_ports.Count == 3) return (_ports["Blob"], _ports["Queue"], _ports["Table"]);
            }
            throw new AzuriteException($"Azurite ended before it was ready. {Said()}");
        }

        private void Read(string? line)
        {
            if (line is null) return;
            lock (_ports)
            {
                _lines.Enqueue(line);
                if (_lines.Count > 20) _lines.Dequeue();
                if (Listening().Match(line) is { Success: true } match)
                    _ports[match.Groups[1].Value] = int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
                if (_ports.Count == 3) _done.TrySetResult();
            }
        }

        private string Said()
        {
            lock (_ports) return _lines.Count == 0 ? "It printed nothing." : "It printed: " + string.Join(" / ", _lines);
        }

        [GeneratedRegex(@"Azurite (Blob|Queue|Table) service is successfully listening at http://[^ ]+:(\d+)")]
        private static partial Regex Listening();
    }
}
