using LiveDesk.Domain.Channels;
using static LiveDesk.Tests.Functions.Providers.Bandwidth.BandwidthBench;

namespace LiveDesk.Tests.Functions.Providers.Bandwidth;

public sealed class When_bandwidth_calls_the_webhook
{
    [Theory]
    [InlineData("15jPWZmXdm", "xxv3jPsPR2", "Basic MTVqUFdabVhkbTp4eHYzalBzUFIy", WebhookVerdict.Authentic)]
    [InlineData("bw-user", "p@ss:wörd", "Basic YnctdXNlcjpwQHNzOnfDtnJk", WebhookVerdict.Authentic)]
    [InlineData("bw-user", "p@ss:wörd", "basic YnctdXNlcjpwQHNzOnfDtnJk", WebhookVerdict.Authentic)]
    [InlineData("bw-user", "p@ss", "Basic YnctdXNlcjpwQHNzOnfDtnJk", WebhookVerdict.CredentialsWrong)]
    [InlineData("bw-user:p@ss", "wörd", "Basic YnctdXNlcjpwQHNzOnfDtnJk", WebhookVerdict.CredentialsWrong)]
    [InlineData("bw-user", "p@ss:wörd", "Bearer YnctdXNlcjpwQHNzOnfDtnJk", WebhookVerdict.CredentialsWrong)]
    [InlineData("bw-user", "p@ss:wörd", "Basic not base64", WebhookVerdict.CredentialsWrong)]
    [InlineData("bw-user", "p@ss:wörd", "Basic bm9jb2xvbg==", WebhookVerdict.CredentialsWrong)]
    [InlineData("bw-user", "p@ss:wörd", "", WebhookVerdict.CredentialsMissing)]
    public void Believes_only_the_callback_credentials(string user, string password, string header, WebhookVerdict expected)
    {
        Channel channel = Channel(user: user, password: password);

        Assert.Equal(expected, Provider().Verify(channel, Bench.Post(Inbound("hi"), ("Authorization", header)), Bench.Now));
    }

    [Fact]
    public void Wants_no_credentials_where_none_are_set() =>
        Assert.Equal(WebhookVerdict.Authentic, Provider().Verify(Channel(), Bench.Post(Inbound("hi")), Bench.Now));

    [Fact]
    public void Refuses_a_missing_header_where_they_are_set() =>
        Assert.Equal(WebhookVerdict.CredentialsMissing, Provider().Verify(Channel(user: "u", password: "p"), Bench.Post(Inbound("hi")), Bench.Now));

    [Theory]
    [InlineData("93DE2206-9669-4E07-948D-329F4B722EE2", WebhookVerdict.Authentic)]
    [InlineData("00000000-0000-0000-0000-000000000000", WebhookVerdict.WrongAccount)]
    public void Believes_only_its_own_application(string application, WebhookVerdict expected)
    {
        string body = Inbound("hi").Replace("93de2206-9669-4e07-948d-329f4b722ee2", application, StringComparison.Ordinal);

        Assert.Equal(expected, Provider().Verify(Channel(), Bench.Post(body), Bench.Now));
    }

    [Fact]
    public void Refuses_a_list_in_which_one_event_is_of_another_application()
    {
        string mixed = $"[{Inbound("hi").Trim()[1..^1]},{{\"type\":\"message-sent\",\"message\":{{\"id\":\"x\",\"applicationId\":\"another\"}}}}]";

        Assert.Equal(WebhookVerdict.WrongAccount, Provider().Verify(Channel(), Bench.Post(mixed), Bench.Now));
    }
}
