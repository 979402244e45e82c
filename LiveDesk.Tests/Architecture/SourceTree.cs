using System.Text.RegularExpressions;

namespace LiveDesk.Tests.Architecture;

/// <summary>The sources of the desk, found from where the tests run.</summary>
internal static partial class SourceTree
{
    public static readonly string Root = Find();

    public static IEnumerable<SourceFile> Of(string project) =>
        from path in Directory.EnumerateFiles(Path.Combine(Root, project), "*.cs", SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(Root, path).Replace('\\', '/')
        where !relative.Contains("/bin/", StringComparison.Ordinal) && !relative.Contains("/obj/", StringComparison.Ordinal)
        orderby relative
        select new SourceFile(relative, File.ReadAllText(path));

    private static string Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "LiveDesk.sln"))) return at.FullName;
        throw new InvalidOperationException("The tests do not run below the folder of LiveDesk.sln.");
    }

    internal sealed record SourceFile(string Path, string Text)
    {
        public string Folder => Path[..Path.LastIndexOf('/')];

        public string? Namespace => NamespaceLine().Match(Text) is { Success: true } match ? match.Groups[1].Value : null;

        /// <summary>Without comments and texts, so that a word in them is no use of it.</summary>
        public string Code => CommentsAndTexts().Replace(Text, "");
    }

    [GeneratedRegex(@"^namespace\s+([\w.]+)\s*;", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex("""//.*$|"(?:\\.|[^"\\\n])*?"|'(?:\\.|[^'\\])'""", RegexOptions.Multiline)]
    private static partial Regex CommentsAndTexts();
}
