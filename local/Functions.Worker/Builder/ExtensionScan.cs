using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Extensions.Configuration;

namespace LiveDesk.Local;

/// <summary>
/// Finds the assemblies beside the app that carry WorkerExtensionStartup, and lets them configure the builder. Only their metadata is read,
/// so that nothing else is loaded. LocalHost:Extensions, assembly names with semicolons, picks some; "none" leaves them all out.
/// </summary>
internal static class ExtensionScan
{
    public static void Configure(string folder, IConfiguration configuration, IFunctionsWorkerApplicationBuilder builder)
    {
        string[]? picked = configuration["LocalHost:Extensions"]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (string file in Directory.EnumerateFiles(folder, "*.dll").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileNameWithoutExtension(file);
            if ((picked is not null && !picked.Contains(name, StringComparer.OrdinalIgnoreCase)) || !HasStartup(file))
                continue;
            foreach (WorkerExtensionStartupAttribute startup in Assembly.Load(name).GetCustomAttributes<WorkerExtensionStartupAttribute>())
                ((WorkerExtensionStartup)Activator.CreateInstance(startup.StartupType)!).Configure(builder);
        }
    }

    private static bool HasStartup(string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        if (!image.HasMetadata)
            return false;
        MetadataReader reader = image.GetMetadataReader();
        return reader.IsAssembly && reader.GetAssemblyDefinition().GetCustomAttributes().Any(attribute =>
            reader.GetCustomAttribute(attribute).Constructor is { Kind: HandleKind.MemberReference } constructor
            && reader.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } type
            && reader.StringComparer.Equals(reader.GetTypeReference((TypeReferenceHandle)type).Name, nameof(WorkerExtensionStartupAttribute)));
    }
}
