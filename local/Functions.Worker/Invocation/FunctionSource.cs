using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace LiveDesk.Local;

/// <summary>
/// Where functions are looked for: the entry assembly, or the one that LocalHost:FunctionsAssembly names.
/// LocalHost:FunctionsNamespace narrows it to types whose full name begins so (several: with semicolons); tests use both.
/// </summary>
internal sealed class FunctionSource(IConfiguration configuration)
{
    public IEnumerable<MethodInfo> Methods()
    {
        string[] prefixes = (configuration["LocalHost:FunctionsNamespace"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);
        return
            from type in Assembly().GetTypes()
            where prefixes.Length == 0 || prefixes.Any(prefix => Below(type.FullName!, prefix))
            from method in type.GetMethods(
                BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where method.IsDefined(typeof(FunctionAttribute))
            select method;
    }

    private Assembly Assembly()
    {
        string? name = configuration["LocalHost:FunctionsAssembly"];
        return string.IsNullOrEmpty(name) ? System.Reflection.Assembly.GetEntryAssembly()! : System.Reflection.Assembly.Load(name);
    }

    private static bool Below(string fullName, string prefix) =>
        fullName.StartsWith(prefix, StringComparison.Ordinal) && (fullName.Length == prefix.Length || fullName[prefix.Length] is '.' or '+');
}
