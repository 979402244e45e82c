using System.Globalization;
using LiveDesk.Domain.AiAgents;

namespace LiveDesk.Functions.AiAgents.Dialogflow;

/// <summary>How sure Dialogflow was of the intent.</summary>
internal static class Certainty
{
    /// <summary>Less is a guess, and a person answers.</summary>
    public const double Enough = 0.3;

    /// <param name="confidence">0 to 1; null or 0: Dialogflow does not say.</param>
    /// <returns>Null if it was sure enough.</returns>
    public static AiAnswer.Failed? TooLow(double? confidence) => confidence is > 0 and < Enough
        ? new AiAnswer.Failed(HandOffReason.NotUnderstood, string.Create(CultureInfo.InvariantCulture, $"Dialogflow was {confidence:P0} sure of the intent."))
        : null;
}
