using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveDesk.Tests.EndToEnd.Support;

namespace LiveDesk.Tests.EndToEnd.Hostile;

/// <summary>Requests that would be good but for one field.</summary>
internal static class HostileFields
{
    private static readonly string[] NotText = ["true", "5", "1e999", "[]", "{}", "\"\\ud83d\""];
    private static readonly string[] NotWhole = ["true", "\"5\"", "1.5", "1e999", "-1", "10001", "99999999999999999999", "[]", "{}", "\"\\ud83d\""];
    private static readonly string[] NotChoice = ["true", "0", "1", "\"x\"", "\"\"", "\"ONLINE \"", "[]", "{}", "null", "\"\\ud83d\""];
    private static readonly string[] NotFlag = ["\"true\"", "1", "0", "[]", "{}", "null"];
    private static readonly string[] NotId = ["true", "5", "[]", "{}", "\"\"", "\"x\"", "\"' or 1 eq 1\"", "\"\\u0000\"", "\"\\ud83d\""];
    private static readonly string[] NotObject = ["true", "5", "\"x\"", "[]", "[null]"];
    private static readonly string[] NotDuration = ["5", "true", "\"\"", "\"P\"", "\"1h\"", "\"P1M\"", "\"P1Y\"", "\"-PT1S\"", "\"PT0S\"", "\"P99999999999D\"", "\"PT1S \"", "{}"];
    private static readonly string Long = "\"" + new string('x', 20_000) + "\"";
    private static readonly string Huge = "\"" + new string('x', 900_000) + "\"";

    public static IEnumerable<HostileCase> Of(Scene scene) =>
    [
        .. Agents(scene), .. Channels(scene), .. ChannelSettings(scene), .. Conversations(scene), .. Messages(scene),
    ];

    private static IEnumerable<HostileCase> Agents(Scene scene)
    {
        var agent = new { name = "Mallory", email = "m@example.test", role = "agent", limit = 3 };
        foreach ((HttpMethod method, string path) in new[] { (HttpMethod.Post, "agents"), (HttpMethod.Patch, $"agents/{scene.Ids["agentId"]}") })
        {
            foreach (string bad in NotText.Append("null").Append("\"\"").Append("\"   \"").Append(Long)) yield return Field(scene, method, path, agent, "name", bad);
            foreach (string bad in NotText.Append("\"x\"").Append("\"\"").Append(Long)) yield return Field(scene, method, path, agent, "email", bad);
            foreach (string bad in NotChoice.Append("\"owner\"").Append("\"admin,agent\"")) yield return Field(scene, method, path, agent, "role", bad);
            foreach (string bad in NotWhole) yield return Field(scene, method, path, agent, "limit", bad);
            yield return Field(scene, method, path, agent, "id", "\"ag_0000000000000000\"");
            yield return Field(scene, method, path, agent, "held", "0");
        }
        foreach (string bad in NotChoice.Append("\"away\""))
            yield return Field(scene, HttpMethod.Put, $"agents/{scene.Ids["agentId"]}/presence", new { status = "busy" }, "status", bad);
    }

    private static IEnumerable<HostileCase> Channels(Scene scene)
    {
        var channel = new
        {
            type = "sms",
            provider = "twilio",
            name = "Mallory",
            phoneNumber = "+15550007777",
            credentials = new { accountSid = TwilioChannel.AccountSid, authToken = TwilioChannel.AuthToken },
            agentIds = new[] { scene.Ids["agentId"] },
            verify = false,
        };
        HostileCase Bad(string field, string value, params HttpStatusCode[] statuses) => Field(scene, HttpMethod.Post, "channels", channel, field, value, statuses);
        foreach (string bad in NotChoice.Append("\"fax\"")) yield return Bad("type", bad);
        foreach (string bad in NotText.Append("null")) yield return Bad("provider", bad);
        foreach (string bad in new[] { "\"\"", "\"TWILIO\"", "\"../twilio\"", Long }) yield return Bad("provider", bad, HttpStatusCode.UnprocessableEntity);
        foreach (string bad in NotText.Concat(["null", "\"\"", "\"  \"", Long, Huge])) yield return Bad("name", bad);
        foreach (string bad in NotText.Concat(["null", "\"\"", "\"+1\"", "\"+1555000777x\"", "\"+1 555 000 7777\"", "\"٣٤٦٠٠٠٠٠٠٠٠\"", Long])) yield return Bad("phoneNumber", bad);
        foreach (string bad in NotObject.Append("{\"zz\":\"x\"}").Append("{\"accountSid\":5}").Append("{\"accountSid\":\"\\ud83d\"}").Append("null")) yield return Bad("credentials", bad);
        foreach (string bad in NotText.Concat(["\"\"", "null", Long, "\"AC1\"", "\"" + TwilioChannel.AccountSid + "\\n\""])) yield return Bad("credentials.accountSid", bad);
        foreach (string bad in NotText.Concat(["\"\"", "null", Long, "\"a\\r\\nX-Evil: 1\"", "\"" + new string('€', 4_096) + "\""])) yield return Bad("credentials.authToken", bad);
        foreach (string bad in NotFlag.Where(b => b != "null")) yield return Bad("credentials.useApiKey", bad);
        foreach (string bad in new[] { "null", "5", "{}", "\"x\"", "[5]", "[null]", "[\"x\"]", "[[]]" }) yield return Bad("agentIds", bad);
        yield return Bad("agentIds", "[\"ag_0000000000000000\"]", HttpStatusCode.UnprocessableEntity);
        yield return Bad("agentIds", "[" + string.Join(',', Enumerable.Range(0, 30_000).Select(i => $"\"ag_{i:D16}\"")) + "]");
        foreach (string bad in NotFlag) yield return Bad("verify", bad);
        foreach (string bad in NotObject) yield return Bad("settings", bad);

        string path = $"channels/{scene.Ids["channelId"]}";
        foreach (string bad in NotText.Concat(["\"\"", "\"  \"", Long, Huge])) yield return Field(scene, HttpMethod.Patch, path, new { }, "name", bad);
        foreach ((string field, string value) in new[] { ("type", "\"sms\""), ("provider", "\"viber\""), ("phoneNumber", "\"+15550007777\"") })
            yield return Field(scene, HttpMethod.Patch, path, new { }, field, value, HttpStatusCode.UnprocessableEntity);
        foreach (string bad in new[] { "{\"accountSid\":\"\"}", "{\"authToken\":null}", "{\"useApiKey\":true}", "{\"useMessagingService\":true}", "{\"zz\":1}", "[]" })
            yield return Field(scene, HttpMethod.Patch, path, new { }, "credentials", bad);
        yield return Field(scene, HttpMethod.Patch, path, new { }, "credentials", "{\"authToken\":\"ffffffffffffffffffffffffffffffff\"}", HttpStatusCode.UnprocessableEntity);
    }

    private static IEnumerable<HostileCase> ChannelSettings(Scene scene)
    {
        string path = $"channels/{scene.Ids["channelId"]}";
        HostileCase Bad(string field, string value) => Field(scene, HttpMethod.Patch, path, new { }, "settings." + field, value);
        foreach (string part in new[] { "greeting", "csat", "businessHours", "assignment", "ai", "reopen", "autoClose" })
        {
            foreach (string bad in NotObject.Append("null").Append("{\"zz\":1}")) yield return Bad(part, bad);
        }
        foreach (string flag in new[] { "greeting.enabled", "csat.enabled", "businessHours.enabled", "businessHours.aiOutsideHours", "assignment.auto", "ai.enabled", "unassignOnManualClose" })
            foreach (string bad in NotFlag) yield return Bad(flag, bad);
        foreach (string text in new[] { "greeting.text", "businessHours.unavailableMessage", "businessHours.timeZone" })
            foreach (string bad in NotText.Append("null").Append(Long)) yield return Bad(text, bad);
        foreach (string bad in NotChoice) yield return Bad("assignment.strategy", bad);
        foreach (string bad in NotChoice) yield return Bad("closingNotes", bad);
        foreach (string bad in NotWhole) yield return Bad("assignment.limit", bad);
        foreach (string bad in NotDuration) yield return Bad("reopen.within", bad);
        foreach (string bad in NotDuration) yield return Bad("autoClose.after", bad);
        foreach (string bad in NotDuration) yield return Bad("csat.expiresAfter", bad);
        foreach (string zone in new[] { "\"Mars/Olympus\"", "\"\"", "\"UTC+03:00\"", "\"../../etc/passwd\"", "\"Europe/Madrid\\u0000\"" }) yield return Bad("businessHours.timeZone", zone);
        foreach (string days in new[]
        {
            "{\"funday\":{\"intervals\":[]}}", "{\"monday\":null}", "{\"monday\":{\"intervals\":null}}", "{\"monday\":{\"intervals\":[null]}}",
            "{\"monday\":{\"intervals\":[{\"from\":\"25:00\",\"to\":\"26:00\"}]}}", "{\"monday\":{\"intervals\":[{\"from\":\"9\",\"to\":\"17\"}]}}",
            "{\"monday\":{\"intervals\":[{\"from\":9,\"to\":17}]}}", "{\"monday\":{\"intervals\":[{\"from\":\"09:00\"}]}}", "{\"Monday\":{\"intervals\":[]}}",
            "{\"monday\":{\"timeZone\":\"Nowhere\"}}",
        }) yield return Bad("businessHours.days", days);
        foreach (string dates in new[]
        {
            "null", "[null]", "[{\"date\":\"2026-02-30\"}]", "[{\"date\":\"25/12/2026\"}]", "[{\"date\":null}]", "[{\"date\":\"2026-12-25\",\"intervals\":null}]",
            "[{\"date\":\"9999-12-31\"}]", "[{\"date\":\"2026-12-25\"},{\"date\":\"2026-12-25\"}]", "{}",
        }) yield return Bad("businessHours.exceptions", dates);
        yield return Bad("greeting", "{\"enabled\":true,\"text\":\"\"}");
        yield return Bad("ai", "{\"enabled\":true,\"aiAgentId\":null}");
        foreach (string bad in NotText) yield return Bad("ai.aiAgentId", bad);
        // Twilio takes 1,600 characters.
        foreach (string text in new[] { "csat.question", "csat.thanks" }) yield return Bad(text, "\"" + new string('x', 1_601) + "\"");
        foreach (string text in new[] { "greeting.text", "businessHours.unavailableMessage" }) yield return Bad(text, "\"" + new string('x', 10_001) + "\"");
        foreach (string nobody in new[] { "\"ai_0000000000000000\"", "\"../x\"", Long })
            yield return Field(scene, HttpMethod.Patch, path, new { }, "settings.ai.aiAgentId", nobody, HttpStatusCode.UnprocessableEntity);
        foreach (string bad in NotDuration.Append("\"P2D\"")) yield return Bad("assignment.reassignWhenOffline", bad);
    }

    private static IEnumerable<HostileCase> Conversations(Scene scene)
    {
        var open = new { phoneNumber = "+15550008888", channelId = scene.Channel.Id };
        foreach (string bad in NotId.Append("null")) yield return Field(scene, HttpMethod.Post, "conversations", open, "channelId", bad);
        foreach (string bad in NotText.Concat(["null", "\"\"", "\"+1\"", "\"anonymous\"", Long])) yield return Field(scene, HttpMethod.Post, "conversations", open, "phoneNumber", bad);
        foreach (string bad in NotId) yield return Field(scene, HttpMethod.Post, "conversations", new { channelId = scene.Channel.Id }, "contactId", bad);
        yield return Field(scene, HttpMethod.Post, "conversations", open, "contactId", $"\"{scene.Ids["contactId"]}\"");
        yield return Field(scene, HttpMethod.Post, "conversations", open, "channelId", "\"ch_0000000000000000\"", HttpStatusCode.NotFound);
        yield return Field(
            scene, HttpMethod.Post, "conversations", new { channelId = scene.Channel.Id }, "contactId", "\"ct_000000000000000000000000\"", HttpStatusCode.NotFound);

        string path = $"conversations/{scene.Ids["conversationId"]}/";
        foreach (string bad in new[] { "null", "true", "5", "[]", "{}" }) yield return Field(scene, HttpMethod.Post, path + "assign", new { }, "agentId", bad);
        foreach (string bad in new[] { "\"\"", "\"x\"", "\"ag_0000000000000000\"", Long })
            yield return Field(scene, HttpMethod.Post, path + "assign", new { }, "agentId", bad, HttpStatusCode.UnprocessableEntity, HttpStatusCode.BadRequest);
        yield return Field(scene, HttpMethod.Post, path + "assign", new { agentId = scene.Ids["agentId"] }, "teamId", "\"t\"");
        foreach (string bad in NotText.Append(Long).Append(Huge)) yield return Field(scene, HttpMethod.Post, path + "close", new { }, "category", bad);
        foreach (string bad in NotText.Append(Long).Append(Huge)) yield return Field(scene, HttpMethod.Post, path + "close", new { }, "summary", bad);
    }

    private static IEnumerable<HostileCase> Messages(Scene scene)
    {
        string path = $"conversations/{scene.Ids["conversationId"]}/messages";
        foreach (string bad in NotText.Concat(["null", "\"\"", "\"  \\n\\t\"", "\"\\u200b\\ud83d\""])) yield return Field(scene, HttpMethod.Post, path, new { }, "text", bad);
        yield return Field(scene, HttpMethod.Post, path, new { }, "text", Long, HttpStatusCode.UnprocessableEntity);
        foreach (string bad in NotId) yield return Field(scene, HttpMethod.Post, path, new { text = "x" }, "channelId", bad);
        foreach (string bad in NotId) yield return Field(scene, HttpMethod.Post, path, new { text = "x" }, "replyTo", bad);
        foreach (string bad in NotObject.Append("{}").Append("{\"name\":5}").Append("{\"name\":null}").Append("{\"name\":\"x\",\"variables\":{\"1\":5}}").Append("{\"name\":\"x\",\"zz\":1}"))
            yield return Field(scene, HttpMethod.Post, path, new { }, "template", bad);
        foreach (string bad in new[] { "null", "5", "{}", "\"x\"", "[5]" }) yield return Field(scene, HttpMethod.Post, path, new { text = "x" }, "attachmentIds", bad);
        foreach (string bad in NotText) yield return Field(scene, HttpMethod.Post, path, new { text = "x" }, "voiceNoteId", bad);
    }

    /// <param name="field">Path with dots; objects on the way are made.</param>
    /// <param name="value">Raw JSON, which the writer must not touch.</param>
    internal static HostileCase Field(Scene scene, HttpMethod method, string path, object good, string field, string value, params HttpStatusCode[] statuses)
    {
        const string mark = "\u0001here\u0001";
        JsonObject body = JsonSerializer.SerializeToNode(good)!.AsObject();
        JsonObject at = body;
        string[] steps = field.Split('.');
        foreach (string step in steps[..^1])
        {
            if (at[step] is not JsonObject next) at[step] = next = [];
            at = next;
        }
        at[steps[^1]] = mark;
        string json = body.ToJsonString().Replace(JsonSerializer.Serialize(mark), value, StringComparison.Ordinal);
        return new HostileCase(
            $"{field} = {(value.Length > 60 ? value[..60] + "..." : value)}", method, scene.PathOf(path), AnsweredBy.Api,
            statuses.Length == 0 ? [HttpStatusCode.BadRequest] : statuses)
        {
            Authorization = scene.Admin,
            Body = Encoding.UTF8.GetBytes(json),
        };
    }
}
