using System.Collections.Concurrent;
using System.Diagnostics;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.EndToEnd.Support;

/// <summary>The desk in a process of its own, which a test can kill and start again on the same storage and port.</summary>
internal sealed class DeskProcess : IDisposable
{
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly DeskSettings _settings;
    private readonly string[] _more;
    private Process? _process;

    public DeskProcess(DeskSettings settings, params string[] more) => (_settings, _more) = (settings, more);

    public string Output => string.Join('\n', _lines);

    public async Task StartAsync()
    {
        string app = Path.Combine(AppContext.BaseDirectory, "LiveDesk.Functions.dll");
        var start = new ProcessStartInfo("dotnet", [app, "--LocalHost:Extensions=Microsoft.DurableTask", .. _settings.Arguments(_more)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
            // It lives for seconds: measuring its code would be most of its work.
            Environment = { ["DOTNET_TieredPGO"] = "0" },
        };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var http = new HttpClient();
        await Eventually.SeesAsync(
            async () => (await http.GetAsync(new Uri(_settings.BaseUrl, "/api/health"))).IsSuccessStatusCode, alive => alive,
            "the desk to answer", TimeSpan.FromSeconds(60));
    }

    /// <summary>SIGKILL: nothing gets a chance to finish.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public void Dispose()
    {
        if (_process is null) return;
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
        _process = null;
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        _lines.Enqueue(line);
        while (_lines.Count > 400) _lines.TryDequeue(out _);
    }
}
