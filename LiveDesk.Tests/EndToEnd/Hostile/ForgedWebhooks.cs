using System.Net;
using System.Security.Cryptography;
using System.Text;
using LiveDesk.Functions.Providers.Twilio;
using LiveDesk.Tests.EndToEnd.Support;

namespace LiveDesk.Tests.EndToEnd.Hostile;

/// <summary>Webhooks that did not come from the channel's account, or not as they were sent.</summary>
internal static class ForgedWebhooks
{
    private const string Form = "application/x-www-form-urlencoded";

    private static readonly string Message =
        $"MessageSid=SM00000000000000000000000000000666&AccountSid={TwilioChannel.AccountSid}&From=whatsapp%3A%2B15550006666&To=whatsapp%3A%2B15550002222&Body=Hello&NumMedia=0&SmsStatus=received";

    public static IEnumerable<HostileCase> Of(Scene scene, Random random)
    {
        string url = scene.Channel.WebhookUrl, path = new Uri(url).AbsolutePath, good = Sign(url, Message);
        HostileCase At(string name, HttpStatusCode status, string? signature, string? body = null, string? to = null) =>
            new($"webhook, {name}", HttpMethod.Post, to ?? path, AnsweredBy.Door, status)
            {
                Body = Encoding.UTF8.GetBytes(body ?? Message),
                ContentType = Form,
                Headers = signature is null ? [] : [("X-Twilio-Signature", signature)],
            };
        HostileCase Forged(string name, string? signature, string? body = null, string? to = null) => At(name, HttpStatusCode.Forbidden, signature, body, to);

        yield return Forged("no signature", null);
        foreach (string wrong in new[] { "", " ", "x", good[..^1], good + "=", good.ToLowerInvariant(), $" , {good}", $"{good},{good}", Convert.ToBase64String(new byte[20]), new string('A', 5_000) })
            yield return Forged($"signature '{wrong[..Math.Min(12, wrong.Length)]}'", wrong);
        yield return Forged("two signatures", good) with { Headers = [("X-Twilio-Signature", "x"), ("X-Twilio-Signature", good)] };
        yield return Forged("another token's signature", TwilioSignature.Sign("ffffffffffffffffffffffffffffffff", url + TwilioSignature.Parameters(Message)));
        yield return Forged("an empty token's signature", TwilioSignature.Sign("", url + TwilioSignature.Parameters(Message)));
        yield return Forged("the URL's signature alone", Sign(url, ""));
        yield return Forged("the URL's signature alone, other type", Sign(url, "")) with { ContentType = "text/plain" };
        yield return Forged("the URL's signature alone, no type", Sign(url, "")) with { ContentType = null };
        yield return Forged("the URL's signature alone, JSON", Sign(url, "")) with { ContentType = "application/json" };
        yield return Forged("a parameter more", good, Message + "&Evil=1");
        yield return Forged("a parameter less", good, Message.Replace("&NumMedia=0", "", StringComparison.Ordinal));
        yield return Forged("a repeated parameter", good, Message + "&Body=Goodbye");
        yield return Forged("a query more", good, to: path + "?m=ms_000000000000000000000000_1_1_1");
        yield return Forged("a foreign hash in the query", good, to: path + "?bodySHA256=" + new string('0', 64));
        yield return Forged("a right hash without signature", null, to: path + "?bodySHA256=" + Hash(Message));
        yield return Forged("a right hash with a wrong signature", good, to: path + "?bodySHA256=" + Hash(Message));
        yield return Forged("a signed wrong hash", Sign(url + "?bodySHA256=" + Hash("other"), ""), to: path + "?bodySHA256=" + Hash("other"));
        yield return Forged("GET without signature", null) with { Method = HttpMethod.Get, Body = null };
        for (int i = 0; i < 40; i++)
        {
            byte[] altered = Encoding.ASCII.GetBytes(Message);
            int at = random.Next(altered.Length);
            altered[at] ^= 1;
            yield return Forged($"byte {at} altered", good) with { Body = altered };
        }
        string others = Message.Replace(TwilioChannel.AccountSid, "AC" + new string('f', 32), StringComparison.Ordinal);
        yield return Forged("another account, rightly signed", Sign(url, others), others);
        string nothing = $"AccountSid={TwilioChannel.AccountSid}&Body=x";
        yield return At("nothing in it, rightly signed", HttpStatusCode.BadRequest, Sign(url, nothing), nothing);
        string nobody = Message.Replace("From=whatsapp%3A%2B15550006666&", "", StringComparison.Ordinal);
        yield return At("from nobody, rightly signed", HttpStatusCode.BadRequest, Sign(url, nobody), nobody);
        yield return At("5 MB", HttpStatusCode.RequestEntityTooLarge, good, new string('x', 5 * 1024 * 1024));

        string[] parts = path.Split('/');
        foreach ((int part, string value) in new[]
        {
            (3, "bandwidth"), (3, "viber"), (3, "Twilio"), (3, "none"), (3, "%00"), (4, "ch_0000000000000000"), (4, "x"), (4, new string('c', 3_000)), (4, "%27"),
            (5, "x"), (5, parts[5][..^1]), (5, parts[5] + "0"), (5, parts[5].ToUpperInvariant()), (5, new string('t', 3_000)), (5, "%F0%9F%98%80"),
        })
        {
            string wrong = string.Join('/', parts.Select((p, i) => i == part ? value : p));
            yield return new HostileCase($"webhook path {part}", HttpMethod.Post, wrong, AnsweredBy.Anybody, value == "%00" ? [] : [HttpStatusCode.NotFound])
            {
                Body = Encoding.UTF8.GetBytes(Message),
                ContentType = Form,
                Headers = [("X-Twilio-Signature", Sign(new Uri(new Uri(url), wrong).AbsoluteUri, Message))],
            };
        }
        foreach (HttpMethod method in new[] { HttpMethod.Put, HttpMethod.Delete, HttpMethod.Patch })
            yield return At($"{method}", HttpStatusCode.NotFound, good) with { Method = method, By = AnsweredBy.Anybody };
    }

    private static string Sign(string url, string form) => TwilioSignature.Sign(TwilioChannel.AuthToken, url + TwilioSignature.Parameters(form));

    private static string Hash(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
}
