using System.Globalization;
using System.Text;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace LiveDesk.Local;

/// <summary>What a person sees once the host is up, in the form of the Core Tools.</summary>
internal sealed class StartUpOutput(Lazy<FunctionCatalog> catalog, IConfiguration configuration, FunctionKey key)
{
    public static bool NeedsKey(FunctionEntry function) => function.Trigger is HttpTriggerAttribute { AuthLevel: not AuthorizationLevel.Anonymous };

    public void Print(HostAddress address, TimeSpan startUp)
    {
        var text = new StringBuilder("\nFunctions:\n");
        foreach (FunctionEntry function in catalog.Value.All)
            text.Append(CultureInfo.InvariantCulture, $"        {function.Name}: {Describe(function, address)}\n");
        if (catalog.Value.All.Any(NeedsKey))
            text.Append(CultureInfo.InvariantCulture, $"\n[key]: send the header x-functions-key, or ?code=; the key is in {key.Where}\n");
        text.Append(CultureInfo.InvariantCulture, $"\nReady in {startUp.TotalSeconds:0.0} s. Ctrl-C stops it.\n");
        Console.Out.WriteLine(text);
    }

    private string Describe(FunctionEntry function, HostAddress address) => function.Trigger switch
    {
        HttpTriggerAttribute => DescribeRoute(new HttpRoute(function, address.RoutePrefix, HttpRouter.Constraints), address),
        QueueTriggerAttribute queue => $"queueTrigger {configuration.Resolve(queue.QueueName)}",
        TimerTriggerAttribute timer => $"timerTrigger {configuration.Resolve(timer.Schedule)}",
        _ => function.TriggerType,
    };

    private static string DescribeRoute(HttpRoute route, HostAddress address)
    {
        string methods = route.Methods.Count > 0 ? $"[{string.Join(',', route.Methods)}] " : "";
        return $"{methods}{address.BaseUrl}{route.Template}{(route.AuthLevel == AuthorizationLevel.Anonymous ? "" : " [key]")}";
    }
}
