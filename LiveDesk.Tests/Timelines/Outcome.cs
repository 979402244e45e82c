using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LiveDesk.Domain.Messaging;
using LiveDesk.Tests.EndToEnd.Support;
using NodaTime;

namespace LiveDesk.Tests.Timelines;

/// <summary>What has become of everybody in a story, as text: what stands in the timelines, what the phones have got, who holds what, what was scored.</summary>
/// <param name="Text">With the times; see <see cref="Timeless"/>.</param>
/// <param name="Unknown">Texts of messages of which nobody knows whether they have arrived.</param>
internal sealed partial record Outcome(string Text, IReadOnlyList<string> Unknown)
{
    private static readonly DateTimeZone Madrid = DateTimeZoneProviders.Tzdb["Europe/Madrid"];

    /// <summary>The same without times: what a story must come to at any pace.</summary>
    public string Timeless => WithoutTimes(Text);

    public static string WithoutTimes(string text) => string.Join('\n', text.Split('\n').Select(line =>
        SnoozeTime().Replace(SpokenTime().Replace(EntryTime().Replace(line, "    "), "a partir del (apertura)."), "Snoozed until (time)")));

    public bool Agrees(string expected) => Comparable(Timeless) == Comparable(expected);

    /// <summary>Without what of the unknown the phones may have got and may not.</summary>
    /// <param name="timeless">This outcome's text, or what it is compared with.</param>
    public string Comparable(string timeless)
    {
        HashSet<string> unknown = [.. Unknown.Select(text => WithoutTimes($"    {text}"))];
        return string.Join('\n', timeless.Split('\n').Where(line => !unknown.Contains(line)));
    }

    public static async Task<Outcome> OfAsync(DeskApi api, TwilioChannel anyChannel, DateTimeOffset now)
    {
        var text = new StringBuilder();
        var unknown = new List<string>();
        JsonNode[] sent = [.. await anyChannel.SentAsync()];
        foreach (Customer customer in Customer.All)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{customer.Name} writes to {customer.Channel}");
            foreach (JsonNode conversation in await ConversationsAsync(api, customer))
                unknown.AddRange(await WriteAsync(text, api, conversation));
            text.AppendLine("  on the phone");
            foreach (JsonNode message in sent.Where(m => ((string)m["to"]!).EndsWith(customer.Number, StringComparison.Ordinal)))
                text.AppendLine(CultureInfo.InvariantCulture, $"    {OneLine((string?)message["text"])}");
            text.AppendLine();
        }
        foreach (JsonNode agent in (await api.ItemsAsync("agents")).OrderBy(a => (string?)a["name"], StringComparer.Ordinal))
            text.AppendLine(CultureInfo.InvariantCulture, $"{agent["name"]} holds {agent["held"]}");
        JsonNode scored = (await api.GetAsync($"reports/csat?from={now.AddDays(-7):yyyy-MM-dd}T00:00:00Z&to={now.AddDays(1):yyyy-MM-dd}T00:00:00Z&groupBy=agent"))["totals"]!;
        text.Append(CultureInfo.InvariantCulture, $"Surveys: {scored["sent"]} sent, {scored["answered"]} answered, average {scored["average"]}\n");
        return new Outcome(text.ToString(), unknown);
    }

    /// <summary>The oldest first.</summary>
    public static async Task<IReadOnlyList<JsonNode>> ConversationsAsync(DeskApi api, Customer customer)
    {
        JsonNode contact = (await api.ItemsAsync($"contacts?q={Uri.EscapeDataString(customer.Number)}")).Single();
        return [.. (await api.ItemsAsync($"contacts/{contact["id"]}/conversations")).Reverse()];
    }

    private static async Task<IReadOnlyList<string>> WriteAsync(StringBuilder text, DeskApi api, JsonNode conversation)
    {
        JsonNode owner = conversation["owner"]!;
        string note = conversation["closingNote"] is { } closing ? $", {closing["category"]}: {closing["summary"]}" : "";
        text.AppendLine(CultureInfo.InvariantCulture, $"  conversation, {conversation["status"]}, of {owner["name"] ?? "nobody"} ({conversation["assignmentReason"]}){note}");
        // As the desk has written them. By time, an entry and a message of one step stand in this order or that as milliseconds pass.
        JsonNode[] messages = [.. (await api.MessagesAsync((string)conversation["id"]!)).OrderBy(Sequence)];
        foreach (JsonNode message in messages) text.AppendLine(Line(message));
        return [.. messages.Where(m => (string?)m["status"] == "unknown").Select(m => OneLine((string?)m["text"]))];
    }

    private static long Sequence(JsonNode message) =>
        MessageId.TryParse((string?)message["id"], out MessageId id) ? id.Sequence : throw new FormatException($"{message["id"]} is no message's id.");

    private static string Line(JsonNode message)
    {
        ZonedDateTime at = Instant.FromDateTimeOffset(DateTimeOffset.Parse((string)message["occurredAt"]!, CultureInfo.InvariantCulture)).InZone(Madrid);
        string time = at.ToString("ddd dd MMM HH:mm x", CultureInfo.InvariantCulture);
        string author = (string?)message["author"]!["name"] ?? (string)message["author"]!["kind"]!;
        return $"    {time,-22}{(string)message["direction"]!,-6}{author,-7}{OneLine((string?)message["text"])}";
    }

    private static string OneLine(string? text) => Link().Replace((text ?? "").Replace("\n", " / ", StringComparison.Ordinal), "(link)");

    [GeneratedRegex("^    (Mon|Tue|Wed|Thu|Fri|Sat|Sun) .{18}")]
    private static partial Regex EntryTime();

    [GeneratedRegex("a partir del [^.]*\\.")]
    private static partial Regex SpokenTime();

    [GeneratedRegex("Snoozed until 2\\S+")]
    private static partial Regex SnoozeTime();

    [GeneratedRegex("https?://\\S+")]
    private static partial Regex Link();
}
