using System.Diagnostics;
using LiveDesk.Functions.Security;

namespace LiveDesk.Tests.Deployment;

/// <summary>The script that makes and rotates the secrets, against a vault that is a folder.</summary>
public sealed class When_secrets_are_put_into_the_vault : IDisposable
{
    private const string Key = "livedesk-secrets-key", Previous = "livedesk-secrets-key-previous", Bootstrap = "livedesk-bootstrap-api-key";

    /// <summary>As much of <c>az keyvault secret</c> as the script uses.</summary>
    private const string Az = """
        #!/usr/bin/env bash
        set -euo pipefail
        verb=$3
        shift 3
        while [ $# -gt 0 ]; do
          case $1 in
            --name) name=$2 ;;
            --file) file=$2 ;;
            --query) query=$2 ;;
          esac
          shift 2
        done
        case $verb in
          list) name=${query#*\'}; name=${name%%\'*}; [ -r "$VAULT/$name" ] && echo 1 || echo 0 ;;
          show) cat "$VAULT/$name"; echo ;;
          set) cp "$file" "$VAULT/$name" ;;
          set-attributes) mv "$VAULT/$name" "$VAULT/$name.disabled" ;;
        esac
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("livedesk-vault-").FullName;

    public When_secrets_are_put_into_the_vault()
    {
        string az = Path.Combine(_folder, "az");
        File.WriteAllText(az, Az.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(az, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Directory.CreateDirectory(Vault);
    }

    private string Vault => Path.Combine(_folder, "vault");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_first_ones_are_good_for_the_desk_and_are_never_overwritten()
    {
        await RunAsync("first");
        (string key, string bootstrap) = (Secret(Key), Secret(Bootstrap));
        string output = await RunAsync("first");

        Assert.NotNull(LiveDesk.Functions.LiveDeskOptions.Read(
            Given_settings.With(("LiveDesk__SecretsKey", key), ("LiveDesk__BootstrapApiKey", bootstrap)), developmentKeys: false));
        Assert.Equal((key, bootstrap), (Secret(Key), Secret(Bootstrap)));
        Assert.DoesNotContain(key, output, StringComparison.Ordinal);
        Assert.DoesNotContain(bootstrap, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_no_step_of_a_rotation_is_a_key_missing_that_something_is_encrypted_under()
    {
        await RunAsync("first");
        string old = Secret(Key);
        string underOld = Protector().Protect("secret", "ch_1");

        await RunAsync("announce");
        Assert.Equal("secret", Protector().Unprotect(underOld, "ch_1"));
        string next = Secret(Previous);
        await RunAsync("rotate");
        Assert.Equal("secret", Protector().Unprotect(underOld, "ch_1"));
        string underNew = Protector().Protect("secret", "ch_1");
        await RunAsync("rotated");

        Assert.NotEqual(old, next);
        Assert.Equal(next, Secret(Key));
        Assert.False(File.Exists(Path.Combine(Vault, Previous)));
        Assert.Equal("secret", Protector().Unprotect(underNew, "ch_1"));
    }

    [Fact]
    public async Task A_second_rotation_does_not_begin_before_the_first_is_finished()
    {
        await RunAsync("first");
        await RunAsync("announce");
        string announced = Secret(Previous);

        await RunAsync("announce", expected: 1);

        Assert.Equal(announced, Secret(Previous));
        await RunAsync("rotate");
        await RunAsync("rotated");
        await RunAsync("announce");
        Assert.NotEqual(announced, Secret(Previous));
    }

    private AesGcmSecretProtector Protector() => new(
        Convert.FromBase64String(Secret(Key)), File.Exists(Path.Combine(Vault, Previous)) ? Convert.FromBase64String(Secret(Previous)) : null);

    private string Secret(string name) => File.ReadAllText(Path.Combine(Vault, name));

    private async Task<string> RunAsync(string what, int expected = 0)
    {
        var start = new ProcessStartInfo("bash")
        {
            ArgumentList = { Path.Combine(Repository.Root, "infra", "scripts", "put-secrets.sh"), "kv", what },
            Environment = { ["PATH"] = $"{_folder}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}", ["VAULT"] = Vault },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        string said = await output + await errors;
        Assert.True(process.ExitCode == expected, said);
        return said;
    }
}
