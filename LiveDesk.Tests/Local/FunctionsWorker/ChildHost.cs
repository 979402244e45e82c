using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using LiveDesk.Tests.Support;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

namespace LiveDesk.Tests.Local.FunctionsWorker;

/// <summary>The local host in a process of its own, as a person would start it.</summary>
public sealed partial class ChildHost : IDisposable
{
    private readonly ConcurrentQueue<string> _lines = [];

    private ChildHost(Process process) => Process = process;

    public Process Process { get; }

    public string Output => string.Join('\n', _lines);

    /// <summary>The child's side: what an app's Program.cs does.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
        await builder.Build().RunAsync();
        return 0;
    }

    public static ChildHost Start<TFunctions>(string folder, params string[] args) => Start(
        ["--LocalHost:Extensions=none", $"--LocalHost:FunctionsNamespace={typeof(TFunctions).FullName}", "--contentRoot", folder, "--port", "0", .. args]);

    /// <summary>The base address that the child prints.</summary>
    public async Task<Uri> AddressAsync()
    {
        string output = await Eventually.SeesAsync(() => Output, text => text.Contains("Ready in", StringComparison.Ordinal), "the child is ready");
        return new Uri(Address().Match(output).Value);
    }

    public Task SeesAsync(string text) => Eventually.IsTrueAsync(() => Output.Contains(text, StringComparison.Ordinal), $"the child prints '{text}'; it printed: {Output}");

    /// <summary>Sends TERM or INT.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{Process.Id}"]);
        kill.WaitForExit();
    }

    public async Task<int> ExitCodeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        await Process.WaitForExitAsync(patience.Token);
        return Process.ExitCode;
    }

    public void Dispose()
    {
        if (!Process.HasExited)
            Process.Kill(entireProcessTree: true);
        Process.Dispose();
    }

    private static ChildHost Start(string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ChildHost).Assembly.Location, "host", .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var child = new ChildHost(new Process { StartInfo = start });
        child.Process.OutputDataReceived += (_, line) => child._lines.Enqueue(line.Data ?? "");
        child.Process.ErrorDataReceived += (_, line) => child._lines.Enqueue(line.Data ?? "");
        child.Process.Start();
        child.Process.BeginOutputReadLine();
        child.Process.BeginErrorReadLine();
        return child;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/")]
    private static partial Regex Address();
}
