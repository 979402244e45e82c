using System.Text.RegularExpressions;

namespace LiveDesk.Tests.Deployment;

/// <summary>Each provider has a page that names every field its adapter takes, and the other way round.</summary>
public sealed partial class When_a_provider_is_to_be_connected
{
    [Theory]
    [InlineData("twilio", "Twilio")]
    [InlineData("whatsapp-cloud", "WhatsAppCloud")]
    [InlineData("engagelab", "EngageLab")]
    [InlineData("bandwidth", "Bandwidth")]
    [InlineData("messenger", "Messenger")]
    [InlineData("viber", "Viber")]
    public void Its_page_names_every_credential(string page, string folder)
    {
        string adapter = string.Concat(Repository.Files($"LiveDesk.Functions/Providers/{folder}", "*Provider.cs").Select(Repository.Read));
        string[] fields = [.. Field().Matches(adapter).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)];
        string[] documented =
        [
            .. Row().Matches(Repository.Read($"docs/providers/{page}.md")).SelectMany(row => Code().Matches(row.Groups[1].Value))
                .Select(match => match.Groups[1].Value).Except(["phoneNumber"]).Order(StringComparer.Ordinal),
        ];

        Assert.NotEmpty(fields);
        Assert.Equal(fields, documented);
        Assert.Contains($"]({page}.md)", Repository.Read("docs/providers/README.md"), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"new\(""(\w+)"", Required:")]
    private static partial Regex Field();

    [GeneratedRegex(@"^\| (`.+?`) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
