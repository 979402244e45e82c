using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Functions.Queues;

/// <summary>What the host tells of a queue message besides its body.</summary>
internal static class Deliveries
{
    /// <summary>Whether the message came before, and its function failed or died.</summary>
    public static bool IsRepeated(FunctionContext context) =>
        context.BindingContext.BindingData.TryGetValue("DequeueCount", out object? count) && count?.ToString() is not (null or "1");
}
