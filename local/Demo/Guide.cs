namespace LiveDesk.Local.Demo;

/// <summary>What to do next, for somebody who has just started the desk.</summary>
internal static class Guide
{
    public static string Text(Surroundings at)
    {
        string api = at.Api.AbsoluteUri.TrimEnd('/');
        string head = $"""

            LiveDesk is up.
              API        {api}
              Key        {at.Key}   (Authorization: Bearer {at.Key})
            """;
        if (at.Simulator is null) return head + "\n";
        string simulator = at.Simulator.AbsoluteUri.TrimEnd('/');
        return head + $$$"""

              Providers  simulated at {{{simulator}}}

            See a whole conversation:   dotnet run --project LiveDesk.Functions -- --demo     (stop this one first)
            Or play it yourself, in another terminal:

              api={{{api}}}; sim={{{simulator}}}; auth="Authorization: Bearer {{{at.Key}}}"; json="Content-Type: application/json"
              # a WhatsApp channel over Twilio; the answer holds its webhook URL
              hook=$(curl -s $api/channels -H "$auth" -H "$json" -d '{"type":"whatsapp","provider":"twilio","name":"Sales","phoneNumber":"+14155550100",
                "credentials":{"accountSid":"AC00000000000000000000000000000000","authToken":"00000000000000000000000000000000"}}' | sed -E 's/.*"webhookUrl":"([^"]+)".*/\1/')
              # tell the simulated Twilio where to deliver, then be the customer
              curl -s $sim/twilio/numbers -H "$json" -d "{\"phoneNumber\":\"whatsapp:+14155550100\",\"webhookUrl\":\"$hook\",
                \"accountSid\":\"AC00000000000000000000000000000000\",\"authToken\":\"00000000000000000000000000000000\"}"
              curl -s $sim/twilio/inbound -H "$json" -d '{"from":"whatsapp:+14155550111","to":"whatsapp:+14155550100","text":"Hello!","profileName":"Susan"}'
              # the inbox; then answer with:  curl $api/conversations/ID/messages -H "$auth" -H "$json" -d '{"text":"Hi Susan"}'
              curl -s $api/conversations -H "$auth"

            """;
    }
}
