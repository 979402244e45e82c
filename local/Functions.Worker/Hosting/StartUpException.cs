namespace LiveDesk.Local;

/// <summary>The host cannot start, for a reason that the person at the keyboard can do something about. The message says what.</summary>
internal sealed class StartUpException(string message) : Exception(message)
{
    private static readonly Lock Gate = new();
    private static bool _told;

    /// <summary>One that nobody catches ends the process with its message alone: the stack would tell that person nothing.</summary>
    public static void TellWhenUnhandled()
    {
        lock (Gate)
        {
            if (_told)
                return;
            _told = true;
            AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
            {
                if (unhandled.ExceptionObject is not StartUpException reason)
                    return;
                Console.Error.WriteLine(reason.Message);
                Environment.Exit(1);
            };
        }
    }
}
