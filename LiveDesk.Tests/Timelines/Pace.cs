namespace LiveDesk.Tests.Timelines;

/// <summary>How long things take in a story: as in real life under a fake clock, seconds on the real one.</summary>
/// <param name="NightHours">The business hours of the channels that are closed when the story begins, as the API takes them;
/// asked for right before it begins.</param>
internal sealed record Pace(string SurveyDelay, string ReminderAfter, string AutoCloseAfter, TimeSpan Snooze, Func<object> NightHours);
