using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

namespace LiveDesk.Tests.Local.FunctionsWorker;

public class When_settings_are_read
{
    private const string Sample = """{ "Values": { "Place": "sample", "Deep__Er": "sample" } }""";
    private const string Own = """{ "IsEncrypted": false, "Values": { "place": "own", "Deep__Er": "own" } }""";

    [Fact]
    public void Takes_the_sample_if_there_is_no_file_of_ones_own()
    {
        using var folder = new TemporaryFolder().With("local.settings.sample.json", Sample);
        Assert.Equal(("sample", "sample"), Read(folder.Path, "Place", "Deep:Er"));
    }

    [Fact]
    public void Prefers_a_file_of_ones_own_even_at_the_repositorys_root()
    {
        using var repository = new TemporaryFolder().With("app.sln", "").With("local.settings.json", Own).With("bin/local.settings.sample.json", Sample);
        Assert.Equal(("own", "own"), Read(Path.Combine(repository.Path, "bin"), "Place", "Deep:Er"));
    }

    [Fact]
    public void Does_not_look_above_a_folder_outside_of_a_repository()
    {
        using var folder = new TemporaryFolder().With("local.settings.json", Own).With("app/host.json", "{}");
        Assert.Null(Read(Path.Combine(folder.Path, "app"), "Place", "Deep:Er").Item1);
    }

    [Fact]
    public void Lets_the_environment_win_over_files_and_the_command_line_over_both()
    {
        string name = $"Setting{Guid.NewGuid():N}";
        using var folder = new TemporaryFolder()
            .With("local.settings.json", $$"""{ "Values": { "{{name}}__A": "file", "{{name}}__B": "file", "{{name}}__C": "file" } }""");
        Environment.SetEnvironmentVariable($"{name}__B", "environment");
        Environment.SetEnvironmentVariable($"{name}__C", "environment");
        FunctionsApplicationBuilder builder = Create(folder.Path, $"--{name}:C", "argument");
        Assert.Equal(["file", "environment", "argument"], new[] { "A", "B", "C" }.Select(key => builder.Configuration[$"{name}:{key}"]));
    }

    [Fact]
    public void Shows_host_json_where_extensions_look_for_it()
    {
        using var folder = new TemporaryFolder().With("host.json", """{ "version": "2.0", /* why */ "extensions": { "durableTask": { "hubName": "Desk" } } }""");
        Assert.Equal("Desk", Create(folder.Path).Configuration["AzureFunctionsJobHost:extensions:durableTask:hubName"]);
    }

    [Theory]
    [InlineData("{ \"Values\": ", "is not valid JSON")]
    [InlineData("{ \"IsEncrypted\": true, \"Values\": {} }", "is encrypted")]
    public void Says_what_is_wrong_with_the_file(string content, string expected)
    {
        using var folder = new TemporaryFolder().With("local.settings.json", content);
        Exception failure = Assert.ThrowsAny<Exception>(() => Create(folder.Path));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains("local.settings.json", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_a_flag_without_a_value_as_true()
    {
        using var folder = new TemporaryFolder();
        FunctionsApplicationBuilder builder = Create(folder.Path, "--demo", "--port", "0");
        Assert.Equal(("true", "0", Environments.Development),
            (builder.Configuration["demo"], builder.Configuration["LocalHost:Port"], builder.Environment.EnvironmentName));
    }

    private static (string?, string?) Read(string folder, string one, string two)
    {
        FunctionsApplicationBuilder builder = Create(folder);
        return (builder.Configuration[one], builder.Configuration[two]);
    }

    private static FunctionsApplicationBuilder Create(string folder, params string[] args) =>
        FunctionsApplication.CreateBuilder(["--contentRoot", folder, "--LocalHost:Extensions=none", .. args]);
}
