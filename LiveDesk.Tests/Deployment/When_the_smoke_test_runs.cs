using System.Diagnostics;
using LiveDesk.Tests.EndToEnd.Support;

namespace LiveDesk.Tests.Deployment;

/// <summary>The script that says whether a deployment goes on is itself seen to tell a good desk from a bad one.</summary>
public sealed class When_the_smoke_test_runs
{
    [Fact]
    public async Task It_passes_on_a_desk_that_works_and_changes_nothing_there()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);

        (int code, string output) = await RunAsync(desk, channel.WebhookUrl, TwilioChannel.AuthToken);

        Assert.True(code == 0, output);
        Assert.Contains("webhook with the right signature: 200", output, StringComparison.Ordinal);
        Assert.Contains("webhook with a wrong signature: 403", output, StringComparison.Ordinal);
        Assert.Empty(await desk.Api.ItemsAsync("contacts"));
    }

    [Fact]
    public async Task It_fails_if_the_desk_cannot_read_the_channels_credentials_or_is_another()
    {
        await using Desk desk = await Desk.StartAsync();
        TwilioChannel channel = await TwilioChannel.CreateAsync(desk.Api, desk.Simulator, []);

        (int code, string output) = await RunAsync(desk, channel.WebhookUrl, "11111111111111111111111111111111");

        Assert.NotEqual(0, code);
        Assert.Contains("webhook with the right signature: expected 200, got 403", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> RunAsync(Desk desk, string webhook, string token)
    {
        var start = new ProcessStartInfo("bash")
        {
            ArgumentList = { Path.Combine(Repository.Root, "infra", "scripts", "smoke-test.sh"), desk.Settings.BaseUrl.ToString() },
            Environment = { ["SMOKE_WEBHOOK_URL"] = webhook, ["SMOKE_AUTH_TOKEN"] = token },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
