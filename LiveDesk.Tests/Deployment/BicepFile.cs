using System.Text.RegularExpressions;

namespace LiveDesk.Tests.Deployment;

/// <summary>
/// As much of a Bicep file as the tests ask for. The compiler itself runs in the deployment workflow; this sees on every machine what it would
/// complain about most likely.
/// </summary>
internal sealed partial class BicepFile
{
    public BicepFile(string path)
    {
        Path = path;
        Text = Repository.Read(path);
        Declarations = [.. Declaration().Matches(Text).Select(Read)];
    }

    public string Path { get; }

    public string Text { get; }

    /// <summary>Parameters, variables, outputs, types, resources and modules, in their order.</summary>
    public IReadOnlyList<BicepDeclaration> Declarations { get; }

    public static IReadOnlyList<BicepFile> All { get; } = [.. Repository.Files("infra", "*.bicep").Select(path => new BicepFile(path))];

    public static BicepFile Named(string name) => All.Single(file => file.Path.EndsWith($"/{name}", StringComparison.Ordinal));

    public IEnumerable<BicepDeclaration> Of(string keyword) => Declarations.Where(d => d.Keyword == keyword);

    /// <summary>The text without comments, descriptions and string contents.</summary>
    public string Code => Noise().Replace(Text, "");

    private BicepDeclaration Read(Match match)
    {
        string before = Text[..match.Index];
        int paragraph = before.LastIndexOf("\n\n", StringComparison.Ordinal);
        string decorators = before[(paragraph < 0 ? 0 : paragraph)..];
        int end = Text.IndexOf("\n\n", match.Index, StringComparison.Ordinal);
        return new BicepDeclaration(match.Groups["keyword"].Value, match.Groups["name"].Value, decorators, match.Value, Body(match.Index));
    }

    /// <summary>From a declaration to the next one at the beginning of a line.</summary>
    private string Body(int from)
    {
        Match next = Declaration().Match(Text, from + 1);
        return next.Success ? Text[from..next.Index] : Text[from..];
    }

    [GeneratedRegex(@"^(?<keyword>param|var|output|type|resource|module) (?<name>\w+).*$", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^\s*//.*$|@description\('(?:[^'\\]|\\.)*'\)", RegexOptions.Multiline)]
    private static partial Regex Noise();
}

/// <param name="Line">Its first line.</param>
/// <param name="Body">All of it.</param>
internal sealed record BicepDeclaration(string Keyword, string Name, string Decorators, string Line, string Body);
