namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Where an app of functions begins.</summary>
public class FunctionsApplication
{
    /// <summary>A builder with the settings, the logging and the extensions of this folder in place.</summary>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}
