using System.Reflection;
using System.Text.RegularExpressions;
using LiveDesk.Domain.Contacts;
using LiveDesk.Functions;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Tests.EndToEnd.Hostile;
using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Tests.Architecture;

public sealed class When_parts_depend_on_each_other
{
    private static readonly Assembly Domain = typeof(Contact).Assembly;
    private static readonly Assembly Functions = typeof(LiveDeskOptions).Assembly;

    [Fact]
    public void The_domain_knows_no_platform()
    {
        string[] platforms =
        [
            "Azure", "Microsoft.Azure", "Microsoft.DurableTask", "Microsoft.AspNetCore", "Microsoft.Extensions", "Twilio", "LiveDesk", "System.Net.Http",
        ];

        Assert.DoesNotContain(ReferencesOf(Domain), name => platforms.Any(p => name == p || name.StartsWith(p + ".", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_app_knows_the_domain_and_nothing_that_is_only_for_one_machine()
    {
        string[] own = [.. ReferencesOf(Functions).Where(name => name.StartsWith("LiveDesk", StringComparison.Ordinal))];

        Assert.Equal(["LiveDesk.Domain"], own);
        Assert.Empty(SourceTree.Of("LiveDesk.Functions").Where(f => f.Code.Contains("LiveDesk.Local", StringComparison.Ordinal)).Select(f => f.Path));
    }

    [Fact]
    public void A_trigger_has_a_file_of_its_own()
    {
        string[] types = [.. FunctionTypes().Select(t => t.Name).Order(StringComparer.Ordinal)];
        string[] files =
        [
            .. SourceTree.Of("LiveDesk.Functions").Where(f => f.Code.Contains("[Function(", StringComparison.Ordinal))
                .Select(f => Path.GetFileNameWithoutExtension(f.Path)).Order(StringComparer.Ordinal),
        ];

        Assert.True(types.Length > 15);
        Assert.Equal(types, files);
    }

    [Theory]
    [InlineData("LiveDesk.Domain")]
    [InlineData("LiveDesk.Functions")]
    public void A_namespace_is_the_folder_it_is_in(string project)
    {
        SourceTree.SourceFile[] files = [.. SourceTree.Of(project).Where(f => f.Namespace is not null)];

        Assert.True(files.Length > 50);
        Assert.Empty(files.Where(f => f.Namespace != f.Folder.Replace('/', '.')).Select(f => $"{f.Path}: {f.Namespace}"));
    }

    [Fact]
    public void Only_the_start_of_the_app_has_no_namespace() => Assert.Equal(
        ["LiveDesk.Functions/Program.cs"],
        SourceTree.Of("LiveDesk.Domain").Concat(SourceTree.Of("LiveDesk.Functions")).Where(f => f.Namespace is null).Select(f => f.Path));

    [Theory]
    [InlineData(@"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b")]
    [InlineData(@"\bTimeProvider\.System\b")]
    [InlineData(@"\bGuid\.(NewGuid|CreateVersion7)\b")]
    [InlineData(@"\bRandom\.Shared\b|\bnew Random\b|\bRandomNumberGenerator\b")]
    [InlineData(@"\bStopwatch\b|\bTickCount")]
    [InlineData(@"\bThread\.Sleep\b|\bTask\.Delay\(")]
    [InlineData(@"\bEnvironment\.|\bFile\.|\bConsole\.")]
    public void The_domain_draws_no_time_and_no_chance_of_its_own(string pattern)
    {
        var forbidden = new Regex(pattern, RegexOptions.CultureInvariant);

        Assert.Empty(SourceTree.Of("LiveDesk.Domain").Where(f => forbidden.IsMatch(f.Code)).Select(f => f.Path));
    }

    [Fact]
    public void Every_operation_of_the_API_is_guarded()
    {
        string[] open =
        [
            .. from type in FunctionTypes()
               from method in MethodsOf(type)
               let trigger = TriggerOf(method)
               where trigger?.Route?.StartsWith("v1/", StringComparison.Ordinal) == true && method.GetCustomAttribute<OperationAttribute>() is null
               select $"{type.Name}.{method.Name}",
        ];

        // A browser asks before it has anything to show; it is told nothing but what it may ask.
        Assert.Equal(["Preflight.Run"], open);
        Assert.True(ApiOperation.All.Count > 15);
        Assert.All(ApiOperation.All, o => Assert.StartsWith("v1/workspaces/{ws}", o.Route, StringComparison.Ordinal));
    }

    [Fact]
    public void The_host_asks_for_no_key_since_the_desk_does() => Assert.All(
        FunctionTypes().SelectMany(MethodsOf).Select(TriggerOf).OfType<HttpTriggerAttribute>(),
        trigger => Assert.Equal(AuthorizationLevel.Anonymous, trigger.AuthLevel));

    private static IEnumerable<string> ReferencesOf(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);

    private static IEnumerable<Type> FunctionTypes() =>
        Functions.GetTypes().Where(type => MethodsOf(type).Any(m => m.GetCustomAttribute<FunctionAttribute>() is not null));

    private static MethodInfo[] MethodsOf(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly);

    private static HttpTriggerAttribute? TriggerOf(MethodInfo method) =>
        method.GetParameters().Select(p => p.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(t => t is not null);
}
