using LiveDesk.Local.ProviderSimulator;

int port = args is ["--port", var text] && int.TryParse(text, out int wanted) ? wanted : 7072;
await using Simulator simulator = await Simulator.StartAsync(port);
string address = simulator.BaseUri.AbsoluteUri.TrimEnd('/');
Console.WriteLine($$"""
    Providers are simulated at {{address}}; Ctrl+C ends it.

    Point the desk at it:     LiveDesk__Providers__Twilio__BaseUrl={{address}}/twilio
    Demo credentials:         account AC and 32 zeros, auth token 32 zeros
    Make a number known:      curl -X POST {{address}}/simulator/twilio/numbers -d '{"phoneNumber":"whatsapp:+15550002222","webhookUrl":"http://..."}'
    Write as a customer:      curl -X POST {{address}}/simulator/twilio/inbound -d '{"from":"whatsapp:+15550001111","text":"Hello"}'
    See what the desk sent:   curl {{address}}/simulator/twilio/messages
    Let a request fail:       curl -X POST {{address}}/simulator/faults -d '{"kind":"status","status":429,"retryAfter":"2"}'
    See the webhooks:         curl {{address}}/simulator/webhooks
    """);
TaskCompletionSource stopped = new();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopped.TrySetResult();
};
await stopped.Task;
