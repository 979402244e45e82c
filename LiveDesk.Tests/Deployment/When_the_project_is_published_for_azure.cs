using System.Diagnostics;
using System.Text.Json.Nodes;
using LiveDesk.Functions.Security;

namespace LiveDesk.Tests.Deployment;

public sealed class When_the_project_is_published_for_azure
{
    [Fact]
    public async Task Nothing_of_the_local_platform_goes_with_it()
    {
        JsonNode azure = await EvaluateAsync("Azure");
        JsonNode items = azure["Items"]!;

        string[] projects = [.. items["ProjectReference"]!.AsArray().Select(p => (string)p!["FullPath"]!)];
        Assert.Equal(["LiveDesk.Domain.csproj"], projects.Select(Path.GetFileName));
        Assert.Empty(items["Reference"]!.AsArray());
        Assert.DoesNotContain(
            items["None"]!.AsArray(), file => ((string)file!["Identity"]!).Contains("local.settings", StringComparison.Ordinal)
                && (string?)file["CopyToPublishDirectory"] != "Never");
        string[] packages = [.. items["PackageReference"]!.AsArray().Select(p => (string)p!["Identity"]!)];
        Assert.Contains("Microsoft.Azure.Functions.Worker", packages);
        Assert.Contains("Microsoft.Azure.Functions.Worker.Extensions.DurableTask", packages);
    }

    [Fact]
    public async Task Nothing_that_a_build_left_behind_is_taken_for_source()
    {
        // The tests themselves have been built for the local platform: its obj folder is there.
        JsonNode items = (await EvaluateAsync("Azure"))["Items"]!;
        IEnumerable<string> sources = new[] { "Compile", "EmbeddedResource", "None" }
            .SelectMany(kind => items[kind]!.AsArray()).Select(item => ((string)item!["Identity"]!).Replace('\\', '/'));

        Assert.NotEmpty(sources);
        Assert.DoesNotContain(sources, path => path.StartsWith("obj/", StringComparison.Ordinal) || path.StartsWith("bin/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_assembly_says_what_it_was_built_for()
    {
        JsonNode metadata = (await EvaluateAsync("Azure"))["Items"]!["AssemblyMetadata"]!;

        Assert.Contains(metadata.AsArray(), m => (string)m!["Identity"]! == "LiveDeskPlatform" && (string)m["Value"]! == "Azure");
        Assert.True(DevelopmentKeys.AreAccepted);
    }

    private static async Task<JsonNode> EvaluateAsync(string platform)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                "msbuild", Path.Combine(Repository.Root, "LiveDesk.Functions", "LiveDesk.Functions.csproj"), $"-p:LiveDeskPlatform={platform}",
                "-getItem:ProjectReference,PackageReference,Reference,Compile,EmbeddedResource,None,AssemblyMetadata", "-nologo",
            },
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return JsonNode.Parse(output)!;
    }
}
