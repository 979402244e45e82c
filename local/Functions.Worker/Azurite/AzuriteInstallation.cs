using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace LiveDesk.Local;

/// <summary>
/// The Azurite that package.json pins: in the repository's node_modules, or, where there is no repository (published
/// output), in a folder of the user's that is filled from the package.json built into this assembly.
/// </summary>
internal static class AzuriteInstallation
{
    private const int OldestNode = 20;
    private const string Script = "node_modules/azurite/dist/src/azurite.js";
    private static readonly string[] Manifests = ["package.json", "package-lock.json", ".npmrc"];
    private static readonly TimeSpan LockPatience = TimeSpan.FromMinutes(5);

    /// <summary>Returns the script to start, installing it first if it is not there.</summary>
    internal static async Task<string> LocateAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        await RequireNodeAsync(cancellationToken);
        string root = FindRepository(AppContext.BaseDirectory) ?? UnpackManifests();
        string script = Path.Combine(root, Script);
        if (File.Exists(script)) return script;

        // Two processes started together must not install into the same folder at once.
        using var turn = await TakeTurnAsync(root, cancellationToken);
        if (File.Exists(script)) return script;
        progress($"Installing Azurite (local storage) into {Path.Combine(root, "node_modules")}, once; this takes up to a minute ...");
        bool locked = File.Exists(Path.Combine(root, "package-lock.json"));
        var (exitCode, output) = await RunAsync(Npm, [locked ? "ci" : "install", "--no-audit", "--no-fund", "--loglevel=error"], root, cancellationToken);
        return exitCode == 0 && File.Exists(script)
            ? script
            : throw new AzuriteException($"Azurite could not be installed: 'npm ci' in {root} ended with code {exitCode}. {output.Trim()}");
    }

    internal static string? FindRepository(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            string manifest = Path.Combine(folder.FullName, "package.json");
            if (File.Exists(manifest) && File.ReadAllText(manifest).Contains("\"azurite\"", StringComparison.Ordinal)) return folder.FullName;
        }
        return null;
    }

    private static string Npm => OperatingSystem.IsWindows() ? "npm.cmd" : "npm";

    private static async Task RequireNodeAsync(CancellationToken cancellationToken)
    {
        string version;
        try
        {
            version = (await RunAsync("node", ["--version"], ".", cancellationToken)).Output.Trim();
        }
        catch (Win32Exception e)
        {
            throw new AzuriteException($"Node.js was not found: local storage (Azurite) needs Node {OldestNode} or later on the PATH (https://nodejs.org).", e);
        }
        if (!int.TryParse(version.TrimStart('v').Split('.')[0], out int major) || major < OldestNode)
            throw new AzuriteException($"Node.js {version} is too old: local storage (Azurite) needs Node {OldestNode} or later (https://nodejs.org).");
    }

    private static string UnpackManifests()
    {
        var contents = Manifests.ToDictionary(name => name, ReadBuiltIn);
        string version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(contents["package.json"])))[..12];
        string folder = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "LiveDesk", "azurite-" + version);
        Directory.CreateDirectory(folder);
        foreach (var (name, text) in contents) File.WriteAllText(Path.Combine(folder, name), text);
        return folder;
    }

    private static string ReadBuiltIn(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Azurite/" + name)
            ?? throw new AzuriteException($"The build of this assembly left out {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static async Task<FileStream> TakeTurnAsync(string root, CancellationToken cancellationToken)
    {
        string name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)))[..16];
        string path = Path.Combine(Path.GetTempPath(), $"livedesk-azurite-{name}.lock");
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited.Elapsed < LockPatience)
            {
                await pause.WaitForNextTickAsync(cancellationToken);
            }
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, string[] arguments, string folder, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
