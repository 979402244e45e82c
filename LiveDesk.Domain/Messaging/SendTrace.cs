using System.Diagnostics;

namespace LiveDesk.Domain.Messaging;

/// <summary>Shows a call to a provider in the trace of the message it carries. Costs nothing while nobody listens.</summary>
internal static class SendTrace
{
    private static readonly ActivitySource Source = new("LiveDesk");

    public static Activity? Begin(string provider) => Source.StartActivity("provider.send", ActivityKind.Client)?.SetTag("livedesk.provider", provider);
}
