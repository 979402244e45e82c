using LiveDesk.Domain.BusinessHours;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Channels;

/// <summary>Says what is wrong with a channel's settings before they are saved, each fault with its field.</summary>
public static class ChannelSettingsValidation
{
    private const int MaximumText = TextParts.LongestText;

    /// <summary>The survey's link and the words before a reminder go into the same message.</summary>
    private const int RoomForLink = 400;

    private const int MaximumLimit = 10_000;
    private static readonly TimeSpan LongestAutoClose = TimeSpan.FromDays(14);
    private static readonly TimeSpan LongestAbsence = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestReopen = TimeSpan.FromDays(365);
    private static readonly TimeSpan LongestSurvey = TimeSpan.FromDays(30);

    /// <param name="longestMessage">What the provider takes in one message; the texts of a survey go in one.</param>
    public static IReadOnlyList<FieldError> Validate(ChannelSettings settings, TimeSpan autoCloseMinimum, int longestMessage = MaximumText)
    {
        int longest = Math.Min(MaximumText, longestMessage);
        var errors = new List<FieldError>();
        void Check(bool good, string field, string message)
        {
            if (!good) errors.Add(new FieldError($"settings.{field}", message));
        }

        Check(settings.Greeting.Text.Length <= MaximumText, "greeting.text", $"At most {MaximumText} characters.");
        Check(!settings.Greeting.Enabled || !string.IsNullOrWhiteSpace(settings.Greeting.Text), "greeting.text", "A greeting that is enabled needs a text.");
        Check(settings.Assignment.Limit is null or (>= 0 and <= MaximumLimit), "assignment.limit", $"0 to {MaximumLimit}, or null for no limit.");
        foreach ((TimeSpan? span, string name) in new[]
            { (settings.Assignment.ReassignAfter, "reassignAfter"), (settings.Assignment.ReleaseInactiveAfter, "releaseInactiveAfter") })
            Check(span is null || (span >= TimeSpan.FromSeconds(1) && span <= LongestAutoClose), $"assignment.{name}", "PT1S to P14D, or null.");
        Check(settings.Assignment.ReassignWhenOffline is not { } away || (away >= TimeSpan.FromSeconds(1) && away <= LongestAbsence),
            "assignment.reassignWhenOffline", "PT1S to P1D, or null.");
        Check(!settings.Ai.Enabled || !string.IsNullOrEmpty(settings.Ai.AiAgentId), "ai.aiAgentId", "An enabled AI needs an AI agent.");
        Check(settings.Reopen.Within is not { } reopen || (reopen > TimeSpan.Zero && reopen <= LongestReopen), "reopen.within", "More than PT0S, at most P365D, or null.");
        Check(settings.AutoClose.After is not { } after || (after >= autoCloseMinimum && after <= LongestAutoClose), "autoClose.after",
            $"At least {System.Xml.XmlConvert.ToString(autoCloseMinimum)}, at most P14D, or null.");
        Check(!(settings.Csat.Question?.Length > longest - RoomForLink), "csat.question", $"At most {longest - RoomForLink} characters on this channel.");
        Check(!(settings.Csat.Thanks?.Length > longest), "csat.thanks", $"At most {longest} characters on this channel.");
        Check(settings.Csat.Delay >= TimeSpan.Zero && settings.Csat.Delay <= LongestSurvey, "csat.delay", "PT0S to P30D.");
        Check(settings.Csat.ReminderAfter is not { } reminder || (reminder > TimeSpan.Zero && reminder < settings.Csat.ExpiresAfter), "csat.reminderAfter",
            "More than PT0S and less than expiresAfter, or null.");
        Check(settings.Csat.ExpiresAfter > TimeSpan.Zero && settings.Csat.ExpiresAfter <= LongestSurvey, "csat.expiresAfter", "More than PT0S, at most P30D.");
        errors.AddRange(BusinessHoursValidation.Validate(settings.BusinessHours));
        return errors;
    }
}
