using System.Text.Json.Nodes;
using LiveDesk.Domain.Assignment;

namespace LiveDesk.Functions.Api.OpenApi;

/// <summary>The refusals that operations share, with the codes that come with each status.</summary>
internal static class OpenApiErrors
{
    private static readonly (int Status, string Name, string Description, string[] Codes)[] All =
    [
        (400, "Malformed", "The request itself is wrong; errors name the fields.", ["malformed", "cursor_expired"]),
        (401, "Unauthenticated", "No valid key or token.", ["unauthenticated"]),
        (403, "Forbidden", "The role is too low.", ["role_too_low"]),
        (404, "NotFound", "No such thing, or not for this caller.", ["not_found"]),
        (409, "Conflict", "The state does not allow it.",
            [
                "name_taken", "shortcut_taken", "phone_number_taken", "in_use", "channel_in_use", "contact_exists", "contact_merged", "merge_in_progress",
                "idempotency_key_reused", "already_owned",
            ]),
        (411, "LengthRequired", "The body's length is not said, and the host drops such a body.", ["length_required"]),
        (412, "Stale", "It has been changed since it was read.", ["stale"]),
        (413, "TooLarge", "The body is too large.", ["body_too_large"]),
        (415, "UnsupportedMedia", "The body is not of a kind that is taken.", ["unsupported_media_type"]),
        (422, "Refused", "Well-formed, and refused by a rule; errors name the fields.",
        [
            "window_closed", "contact_opted_out", "contact_blocked", "conversation_closed", "text_too_long", "attachment_too_large", "attachment_type_refused",
            "channel_failed", "credentials_refused", "agent_unknown", "team_unknown", "ai_agent_unknown", "channel_unknown", "attachment_unknown", "immutable",
            "limit_reached", "voice_note_too_long", "snippet_unknown", "message_unknown",
        ]),
        (503, "Unavailable", "Try again after Retry-After.", ["unavailable", "busy", "idempotency_key_in_use"]),
    ];

    public static string NameOf(int status) => All.Single(e => e.Status == status).Name;

    public static IEnumerable<int> Of(string verb, Role role, bool reads)
    {
        bool changes = verb != "get";
        return All.Select(e => e.Status).Where(status => status switch
        {
            409 or 412 or 422 => changes,
            411 or 413 or 415 => changes && (reads || verb != "delete"),
            _ => true,
        });
    }

    public static JsonObject Responses()
    {
        var responses = new JsonObject();
        foreach ((int status, string name, string description, string[] codes) in All)
        {
            var example = new JsonObject
            {
                ["type"] = $"https://livedesk.dev/problems/{codes[0]}",
                ["title"] = codes[0].Replace('_', ' '),
                ["status"] = status,
                ["code"] = codes[0],
                ["detail"] = description,
                ["errors"] = status is 400 or 422 ? new JsonArray(new JsonObject { ["field"] = "name", ["message"] = description }) : new JsonArray(),
            };
            responses[name] = new JsonObject
            {
                ["description"] = $"{description} Codes: {string.Join(", ", codes)}.",
                ["content"] = new JsonObject
                {
                    ["application/problem+json"] = new JsonObject
                    {
                        ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Problem" },
                        ["example"] = example,
                    },
                },
            };
        }
        return responses;
    }
}
