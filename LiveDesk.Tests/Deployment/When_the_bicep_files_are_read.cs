using System.Text.RegularExpressions;

namespace LiveDesk.Tests.Deployment;

public sealed partial class When_the_bicep_files_are_read
{
    public static TheoryData<string> Paths => [.. BicepFile.All.Select(file => file.Path)];

    [Fact]
    public void There_is_a_main_file_with_modules_and_parameters_per_environment()
    {
        Assert.Contains(BicepFile.All, file => file.Path == "infra/main.bicep");
        Assert.Equal(["infra/main.dev.bicepparam", "infra/main.prod.bicepparam"], Repository.Files("infra", "*.bicepparam"));
    }

    [Theory, MemberData(nameof(Paths))]
    public void Every_bracket_is_closed(string path)
    {
        string code = Strings().Replace(Find(path).Code, "''");
        Assert.Equal(code.Count(c => c == '{'), code.Count(c => c == '}'));
        Assert.Equal(code.Count(c => c == '['), code.Count(c => c == ']'));
        Assert.Equal(code.Count(c => c == '('), code.Count(c => c == ')'));
    }

    [Theory, MemberData(nameof(Paths))]
    public void Every_parameter_output_and_type_is_described(string path) =>
        Assert.All(
            Find(path).Declarations.Where(d => d.Keyword is "param" or "output" or "type"),
            declaration => Assert.Contains("@description('", declaration.Decorators, StringComparison.Ordinal));

    [Theory, MemberData(nameof(Paths))]
    public void Everything_that_is_declared_is_used(string path)
    {
        BicepFile file = Find(path);
        Assert.All(
            file.Declarations.Where(d => d.Keyword is "param" or "var"),
            declaration =>
            {
                string rest = Regex.Replace(file.Code, $@"^(param|var) {declaration.Name}\b|^\s*{declaration.Name}:", "", RegexOptions.Multiline);
                Assert.Matches($@"\b{declaration.Name}\b", rest);
            });
    }

    [Fact]
    public void Every_module_is_used_and_gets_just_the_parameters_it_takes()
    {
        BicepDeclaration[] uses = [.. BicepFile.All.SelectMany(file => file.Of("module"))];
        string[] named = [.. uses.Select(use => ModulePath().Match(use.Line).Groups[1].Value)];

        Assert.Equal(
            Repository.Files("infra/modules", "*.bicep").Where(path => !path.EndsWith("types.bicep", StringComparison.Ordinal)),
            named.Select(name => $"infra/{name}").Order(StringComparer.Ordinal));
        for (int i = 0; i < uses.Length; i++)
        {
            BicepDeclaration[] takes = [.. Find($"infra/{named[i]}").Of("param")];
            string[] given = [.. ModuleArgument().Matches(uses[i].Body).Select(match => match.Groups[1].Value)];
            Assert.Equal(takes.Where(p => !p.Line.Contains(" = ", StringComparison.Ordinal)).Select(p => p.Name).Order(), given.Order());
        }
    }

    [Fact]
    public void The_parameter_files_set_only_what_there_is()
    {
        string[] there = [.. BicepFile.Named("main.bicep").Of("param").Select(p => p.Name)];
        Assert.All(
            Repository.Files("infra", "*.bicepparam"),
            path => Assert.Empty(ParameterLine().Matches(Repository.Read(path)).Select(match => match.Groups[1].Value).Except(there)));
    }

    [Fact]
    public void Every_resource_type_has_one_version()
    {
        var versions = BicepFile.All.SelectMany(file => ResourceType().Matches(file.Text)).Select(match => (Type: match.Groups[1].Value, match.Groups[2].Value));
        Assert.All(versions.Distinct().GroupBy(v => v.Type), type => Assert.Single(type));
    }

    [Theory, MemberData(nameof(Paths))]
    public void No_secret_and_no_fixed_place_is_in_a_file(string path)
    {
        BicepFile file = Find(path);
        Assert.DoesNotMatch(@"(?i)param \w*(password|secret|accountkey)", file.Text);
        Assert.DoesNotMatch(@"(?i)output \w*(password|secret|key\b|connectionstring)", file.Text);
        Assert.DoesNotMatch(@"listKeys|listAccountSas|AccountKey=|InstrumentationKey", file.Text);
        Assert.DoesNotMatch(@"core\.windows\.net|vault\.azure\.net|management\.azure\.com|azurewebsites\.net", file.Text);
        Assert.DoesNotMatch(@"location: '(?!global)", file.Text);
    }

    [Fact]
    public void Storage_and_vault_open_to_identities_only()
    {
        string storage = BicepFile.Named("storage.bicep").Text, vault = BicepFile.Named("key-vault.bicep").Text, app = BicepFile.Named("function-app.bicep").Text;

        Assert.Contains("allowSharedKeyAccess: false", storage, StringComparison.Ordinal);
        Assert.Contains("allowBlobPublicAccess: false", storage, StringComparison.Ordinal);
        Assert.Contains("minimumTlsVersion: 'TLS1_2'", storage, StringComparison.Ordinal);
        Assert.Contains("enableRbacAuthorization: true", vault, StringComparison.Ordinal);
        Assert.Contains("enablePurgeProtection: true", vault, StringComparison.Ordinal);
        Assert.Contains("DisableLocalAuth: true", BicepFile.Named("monitoring.bicep").Text, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(app, "allow: false"));
        Assert.Contains("httpsOnly: true", app, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_alert_is_explained_to_whoever_it_wakes()
    {
        string operations = Repository.Read("docs/operations.md");
        string[] alerts = [.. AlertName().Matches(BicepFile.Named("alerts.bicep").Text).Select(match => match.Groups[1].Value), "not-ready"];

        Assert.True(alerts.Length >= 7);
        Assert.All(alerts, alert => Assert.Contains($"### {alert}", operations, StringComparison.Ordinal));
    }

    private static BicepFile Find(string path) => BicepFile.All.Single(file => file.Path == path);

    [GeneratedRegex(@"'''[\s\S]*?'''|'(?:[^'\\\n]|\\.)*'")]
    private static partial Regex Strings();

    [GeneratedRegex(@"'(modules/[\w-]+\.bicep)'")]
    private static partial Regex ModulePath();

    [GeneratedRegex(@"^    (\w+):", RegexOptions.Multiline)]
    private static partial Regex ModuleArgument();

    [GeneratedRegex(@"^param (\w+) =", RegexOptions.Multiline)]
    private static partial Regex ParameterLine();

    [GeneratedRegex(@"'(Microsoft\.[\w./]+)@([\d-]+(?:preview)?)'")]
    private static partial Regex ResourceType();

    [GeneratedRegex(@"^    name: '([\w-]+)'\n    title:", RegexOptions.Multiline)]
    private static partial Regex AlertName();
}
