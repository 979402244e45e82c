using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging.Files;
using LiveDesk.Functions;
using LiveDesk.Functions.Files;
using LiveDesk.Functions.Security;
using LiveDesk.Tests.Local;
using Microsoft.AspNetCore.Http;

namespace LiveDesk.Tests.Functions.Files;

public sealed class When_a_file_is_downloaded
{
    private static readonly string[] Hosts = ["files.example", "*.cdn.example"];

    [Fact]
    public async Task Brings_the_bytes_their_type_and_their_name()
    {
        await using Receiver server = await Receiver.StartAsync(async (_, http) =>
        {
            (http.Response.ContentType, http.Response.ContentLength) = ("image/png", 5);
            http.Response.Headers.ContentDisposition = "attachment; filename=\"foto.png\"";
            await http.Response.WriteAsync("bytes");
        });

        using var opened = Assert.IsType<DownloadOutcome.Opened>(await GetAsync(new Uri(server.BaseUri, "/a")));

        Assert.Equal(("image/png", "foto.png", 5L), (opened.ContentType, opened.FileName, opened.Length));
        Assert.Equal("bytes", await new StreamReader(opened.Content).ReadToEndAsync());
    }

    [Fact]
    public async Task Sends_the_credentials_to_the_first_address_alone()
    {
        await using Receiver cdn = await Receiver.StartAsync((_, http) => http.Response.WriteAsync("bytes"));
        await using Receiver api = await Receiver.StartAsync((_, http) =>
        {
            http.Response.Redirect(new Uri(cdn.BaseUri, "/signed").AbsoluteUri, permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });

        using var opened = Assert.IsType<DownloadOutcome.Opened>(await GetAsync(new Uri(api.BaseUri, "/media"), "Basic c2VjcmV0"));

        Assert.Equal("Basic c2VjcmV0", Assert.Single(api.Requests).Headers["Authorization"]);
        Assert.False(Assert.Single(cdn.Requests).Headers.ContainsKey("Authorization"));
    }

    [Theory]
    [InlineData("http://files.example/a", "not encrypted")]
    [InlineData("https://elsewhere.example/a", "no host of this provider")]
    [InlineData("https://cdn.example/a", "no host of this provider")]
    [InlineData("https://evilcdn.example/a", "no host of this provider")]
    [InlineData("https://files.example.evil/a", "no host of this provider")]
    [InlineData("https://files.example@elsewhere.example/a", "no host of this provider")]
    [InlineData("file:///etc/passwd", "not encrypted")]
    public async Task Goes_nowhere_but_to_the_providers_hosts(string url, string reason)
    {
        var refused = Assert.IsType<DownloadOutcome.Refused>(await GetAsync(new Uri(url)));

        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Holds_every_redirect_against_the_same_rules()
    {
        await using Receiver server = await Receiver.StartAsync((_, http) =>
        {
            http.Response.Redirect("https://169.254.169.254/latest/meta-data");
            return Task.CompletedTask;
        });

        var refused = Assert.IsType<DownloadOutcome.Refused>(await GetAsync(new Uri(server.BaseUri, "/a")));

        Assert.Contains("no host of this provider", refused.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://127.0.0.1:1/a", "127.0.0.1")]
    [InlineData("https://localhost:1/a", "localhost")]
    [InlineData("https://[::1]:1/a", "::1")]
    public async Task Refuses_a_name_of_the_provider_that_leads_to_a_private_address(string url, string host)
    {
        using var http = new GuardedHttp(Options());
        var refused = Assert.IsType<DownloadOutcome.Refused>(
            await new MediaDownload(http, TimeProvider.System).OpenAsync(new MediaLocation.At(new Uri(url)), [host], CancellationToken.None));

        Assert.Equal("The file's address leads into a private network.", refused.Reason);
    }

    [Fact]
    public async Task Gives_up_on_addresses_that_lead_in_circles()
    {
        await using Receiver server = await Receiver.StartAsync((got, http) =>
        {
            http.Response.Redirect(got.Url);
            return Task.CompletedTask;
        });

        Assert.IsType<DownloadOutcome.Refused>(await GetAsync(new Uri(server.BaseUri, "/a")));
        Assert.Equal(6, server.Requests.Count);
    }

    [Theory]
    [InlineData(404, typeof(DownloadOutcome.Missing))]
    [InlineData(410, typeof(DownloadOutcome.Missing))]
    [InlineData(401, typeof(DownloadOutcome.Refused))]
    [InlineData(403, typeof(DownloadOutcome.Refused))]
    [InlineData(400, typeof(DownloadOutcome.Refused))]
    [InlineData(429, typeof(DownloadOutcome.Unavailable))]
    [InlineData(500, typeof(DownloadOutcome.Unavailable))]
    [InlineData(503, typeof(DownloadOutcome.Unavailable))]
    public async Task Tells_what_may_be_tried_again(int status, Type outcome)
    {
        await using Receiver server = await Receiver.StartAsync((_, http) =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.RetryAfter = "7";
            return Task.CompletedTask;
        });

        DownloadOutcome got = await GetAsync(new Uri(server.BaseUri, "/a"));

        Assert.IsType(outcome, got);
        if (got is DownloadOutcome.Unavailable unavailable) Assert.Equal(TimeSpan.FromSeconds(7), unavailable.RetryAfter);
    }

    [Fact]
    public async Task Tries_again_where_nobody_answers()
    {
        Uri gone;
        await using (Receiver server = await Receiver.StartAsync()) gone = server.BaseUri;

        Assert.IsType<DownloadOutcome.Unavailable>(await GetAsync(gone));
    }

    private static async Task<DownloadOutcome> GetAsync(Uri url, string? authorization = null)
    {
        // Disposed with the process: an opened answer outlives this method.
        var http = new GuardedHttp(Options("127.0.0.1"));
        return await new MediaDownload(http, TimeProvider.System).OpenAsync(new MediaLocation.At(url, authorization), Hosts, CancellationToken.None);
    }

    private static LiveDeskOptions Options(params string[] allowedPrivate) =>
        new() { PublicBaseUrl = new Uri("https://desk.example"), SecretsKey = new byte[32], AllowedPrivateHosts = allowedPrivate };
}
