using System.Xml;
using System.Xml.Linq;
using LiveDesk.Local.ProviderSimulator.Core;

namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>What Twilio makes of the answer to an inbound webhook: plain text and TwiML messages go to the customer.</summary>
internal static class WebhookAnswer
{
    /// <returns>What the customer gets, and what Twilio's debugger complains about; null if nothing.</returns>
    public static (string? Reply, string? Warning) Read(WebhookDelivery delivery)
    {
        if (delivery.Outcome != WebhookOutcome.Delivered || delivery.Attempts is not [.., { Answer: { Length: > 0 } answer } attempt]) return (null, null);
        return (attempt.AnswerType ?? string.Empty).Split(';')[0].Trim() switch
        {
            "text/plain" => (answer, null),
            "text/xml" or "application/xml" => Twiml(answer),
            var type => (null, $"12300: invalid content type '{type}'"),
        };
    }

    private static (string? Reply, string? Warning) Twiml(string xml)
    {
        try
        {
            XElement? root = XDocument.Parse(xml).Root;
            if (root?.Name.LocalName != "Response") return (null, "12100: the document is not TwiML");
            string text = string.Join('\n', root.Elements("Message").Select(message => message.Element("Body")?.Value ?? message.Value));
            return (text.Length > 0 ? text : null, null);
        }
        catch (XmlException exception)
        {
            return (null, "12100: document parse failure: " + exception.Message);
        }
    }
}
