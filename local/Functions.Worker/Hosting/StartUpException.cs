namespace LiveDesk.Local;

/// <summary>The host cannot start, for a reason that the person at the keyboard can do something about. The message says what.</summary>
internal sealed class StartUpException(string message) : Exception(message);
