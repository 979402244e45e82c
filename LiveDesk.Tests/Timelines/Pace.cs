namespace LiveDesk.Tests.Timelines;

/// <summary>How long things take in a story: as in real life under a fake clock, seconds on the real one.</summary>
/// <param name="NightHours">The week of the channels that are closed when the story begins, as the API takes it.</param>
internal sealed record Pace(string SurveyDelay, string ReminderAfter, string AutoCloseAfter, TimeSpan Snooze, object NightHours);
