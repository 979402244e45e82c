namespace Microsoft.Azure.Functions.Worker.Core;

/// <summary>What an extension's assembly does to the application builder before the app's own code.</summary>
public abstract class WorkerExtensionStartup
{
    /// <summary>Adds the extension's services and middleware.</summary>
    public abstract void Configure(IFunctionsWorkerApplicationBuilder applicationBuilder);
}

/// <summary>Names the assembly's <see cref="WorkerExtensionStartup"/>.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public class WorkerExtensionStartupAttribute(Type startupType) : Attribute
{
    /// <summary>A class with a parameterless constructor that derives from <see cref="WorkerExtensionStartup"/>.</summary>
    public Type StartupType { get; } = startupType;
}
