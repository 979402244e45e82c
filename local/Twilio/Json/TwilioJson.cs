using System.Text.Json;
using Twilio.Exceptions;

namespace Twilio.Json;

/// <summary>Reads Twilio's snake_case documents, leniently where Twilio mixes numbers and strings.</summary>
internal static class TwilioJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowReadingFromString,
        Converters = { new StringEnumConverter(), new PhoneNumberConverter(), new HttpMethodConverter(), new DateConverter(), new TextConverter() },
    };

    internal static T Parse<T>(string? json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json ?? string.Empty, Options) ?? throw new ApiException("The answer is empty.");
        }
        catch (JsonException exception)
        {
            throw new ApiException(exception.Message, exception);
        }
    }

    internal static T Read<T>(JsonElement element) =>
        element.Deserialize<T>(Options) ?? throw new ApiException("A record of the answer is null.");
}
