using LiveDesk.Functions;
using LiveDesk.Functions.Security;

namespace LiveDesk.Tests.Deployment;

public sealed class When_a_setting_is_missing_or_malformed
{
    [Theory]
    [InlineData("LiveDesk__PublicBaseUrl", null)]
    [InlineData("LiveDesk__PublicBaseUrl", " ")]
    [InlineData("LiveDesk__PublicBaseUrl", "desk.example")]
    [InlineData("LiveDesk__PublicBaseUrl", "ftp://desk.example")]
    [InlineData("LiveDesk__SecretsKey", null)]
    [InlineData("LiveDesk__SecretsKey", "short")]
    [InlineData("LiveDesk__SecretsKey", "AAAA")]
    [InlineData("LiveDesk__SecretsKey", "@Microsoft.KeyVault(SecretUri=https://v/secrets/livedesk-secrets-key)")]
    [InlineData("LiveDesk__SecretsKeyPrevious", "AAAA")]
    [InlineData("LiveDesk__BootstrapApiKey", "@Microsoft.KeyVault(SecretUri=https://v/secrets/livedesk-bootstrap-api-key)")]
    [InlineData("LiveDesk__BootstrapWorkspace", "not a workspace!")]
    [InlineData("LiveDesk__Cors", "desk.example")]
    [InlineData("LiveDesk__Cors", "https://desk.example/path")]
    [InlineData("LiveDesk__Cors", "https://desk.example, nonsense")]
    [InlineData("LiveDesk__Oidc__Audience", "livedesk", "LiveDesk__Oidc__Issuer")]
    [InlineData("LiveDesk__Oidc__Issuer", "https://login.example", "LiveDesk__Oidc__Audience")]
    [InlineData("LiveDesk__AllowedPrivateHosts", "http://10.0.0.1")]
    [InlineData("LiveDesk__AutoCloseMinimum", "30 minutes")]
    [InlineData("LiveDesk__AutoCloseMinimum", "-PT30M")]
    [InlineData("LiveDesk__AutoCloseMinimum", "P99999999999D")]
    [InlineData("LiveDesk__Providers__Twilio__BaseUrl", "twilio")]
    public void The_start_stops_with_its_name(string name, string? value, string? named = null) =>
        Assert.StartsWith($"The setting {named ?? name} ", Given_settings.Refusal(true, (name, value)), StringComparison.Ordinal);

    [Fact]
    public void A_provider_that_does_not_exist_is_named_with_those_that_do()
    {
        string refusal = Given_settings.Refusal(true, ("LiveDesk__Providers__Twillio__BaseUrl", "https://x.example"));

        Assert.Contains("LiveDesk__Providers__Twillio", refusal, StringComparison.Ordinal);
        Assert.Contains("WhatsAppCloud", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        LiveDeskOptions options = LiveDeskOptions.Read(Given_settings.With(), developmentKeys: false);

        Assert.Null(options.BootstrapApiKey);
        Assert.Null(options.SecretsKeyPrevious);
        Assert.Equal("main", options.BootstrapWorkspace.Value);
        Assert.Empty(options.Cors);
        Assert.Empty(options.AllowedPrivateHosts);
        Assert.Equal(TimeSpan.FromMinutes(30), options.AutoCloseMinimum);
        Assert.Empty(options.ProviderBaseUrls);
    }

    [Theory]
    [InlineData("LiveDesk__BootstrapApiKey", DevelopmentKeys.BootstrapApiKey)]
    [InlineData("LiveDesk__BootstrapApiKey", "ldk_short")]
    [InlineData("LiveDesk__BootstrapApiKey", "admin-admin-admin-admin-admin")]
    [InlineData("LiveDesk__SecretsKey", DevelopmentKeys.SecretsKey)]
    [InlineData("LiveDesk__SecretsKey", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void A_key_that_anybody_could_know_is_refused_outside_the_local_platform(string name, string value)
    {
        Assert.StartsWith($"The setting {name} ", Given_settings.Refusal(false, (name, value)), StringComparison.Ordinal);
        Assert.NotNull(LiveDeskOptions.Read(Given_settings.With((name, value)), developmentKeys: true));
    }
}
