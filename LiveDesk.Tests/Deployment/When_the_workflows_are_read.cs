using System.Text.RegularExpressions;

namespace LiveDesk.Tests.Deployment;

public sealed partial class When_the_workflows_are_read
{
    private static readonly string All = string.Concat(Repository.Files(".github/workflows", "*.yml").Select(Repository.Read));

    [Fact]
    public void Every_action_of_others_is_pinned_to_a_commit()
    {
        string[] foreign = [.. Uses().Matches(All).Select(match => match.Groups[1].Value).Where(name => !name.StartsWith("./", StringComparison.Ordinal))];

        Assert.NotEmpty(foreign);
        Assert.All(foreign, name => Assert.Matches("@[0-9a-f]{40}$", name));
    }

    [Fact]
    public void Signing_in_to_azure_needs_no_stored_secret()
    {
        Assert.Contains("id-token: write", All, StringComparison.Ordinal);
        // The smoke test's channel exists for it alone.
        Assert.All(Secret().Matches(All), match => Assert.StartsWith("SMOKE_", match.Groups[1].Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Code_is_published_for_azure() => Assert.Contains("-p:LiveDeskPlatform=Azure", All, StringComparison.Ordinal);

    [Fact]
    public void Every_script_that_is_called_exists()
    {
        string[] called = [.. Script().Matches(All + Repository.Read("docs/operations.md")).Select(match => match.Value).Distinct()];

        Assert.NotEmpty(called);
        Assert.All(called, path => Assert.True(File.Exists(Path.Combine(Repository.Root, path)), path));
    }

    [Fact]
    public void Every_variable_of_the_parameter_files_is_handed_over()
    {
        string parameters = string.Concat(Repository.Files("infra", "*.bicepparam").Select(Repository.Read));
        string deployment = Repository.Read(".github/workflows/deploy-environment.yml"), whatIf = Repository.Read(".github/workflows/deploy.yml");
        string operations = Repository.Read("docs/operations.md");
        string[] read = [.. Variable().Matches(parameters).Select(match => match.Groups[1].Value).Distinct()];

        Assert.NotEmpty(read);
        Assert.All(read, name => Assert.Contains($"{name}: ${{{{ vars.{name}", deployment, StringComparison.Ordinal));
        Assert.All(read, name => Assert.Contains($"{name}: ${{{{ vars.{name}", whatIf, StringComparison.Ordinal));
        Assert.All(read, name => Assert.Contains($"`{name}`", operations, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_script_stops_at_its_first_error() =>
        Assert.All(Repository.Files("infra/scripts", "*.sh"), path => Assert.Contains("\nset -euo pipefail\n", Repository.Read(path), StringComparison.Ordinal));

    [GeneratedRegex(@"uses: (\S+)")]
    private static partial Regex Uses();

    [GeneratedRegex(@"\$\{\{ *secrets\.(\w+)")]
    private static partial Regex Secret();

    [GeneratedRegex(@"(?:infra/scripts/[\w-]+\.(?:sh|mjs)|\.ci/run)")]
    private static partial Regex Script();

    [GeneratedRegex(@"readEnvironmentVariable\('(\w+)'")]
    private static partial Regex Variable();
}
