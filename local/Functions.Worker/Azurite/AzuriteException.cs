namespace LiveDesk.Local;

/// <summary>Local storage cannot run; the message is one sentence that says what to do about it.</summary>
public sealed class AzuriteException(string message, Exception? inner = null) : Exception(message, inner);
