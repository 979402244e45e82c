using System.Globalization;
using LiveDesk.Local.TwilioSdk;
using Twilio.Base;
using Twilio.Clients;
using Twilio.Http;
using Twilio.Json;
using HttpMethod = Twilio.Http.HttpMethod;

namespace Twilio.Rest;

/// <summary>What the resource classes have in common.</summary>
internal static class Calls
{
    internal static async Task<T> SendAsync<T>(Func<ITwilioRestClient, Request> request, ITwilioRestClient? client)
    {
        client ??= TwilioClient.GetRestClient();
        return TwilioJson.Parse<T>((await client.RequestAsync(request(client)).ConfigureAwait(false)).Content);
    }

    internal static T Send<T>(Func<ITwilioRestClient, Request> request, ITwilioRestClient? client)
    {
        client ??= TwilioClient.GetRestClient();
        return TwilioJson.Parse<T>(client.Request(request(client)).Content);
    }

    internal static async Task<ResourceSet<T>> ReadAsync<T>(
        Func<ITwilioRestClient, Request> request, string recordKey, ReadOptions<T> options, Func<Page<T>, ITwilioRestClient, Page<T>> next, ITwilioRestClient? client)
        where T : Resource
    {
        client ??= TwilioClient.GetRestClient();
        Response response = await client.RequestAsync(request(client)).ConfigureAwait(false);
        return new ResourceSet<T>(Page<T>.FromJson(recordKey, response.Content ?? string.Empty), options, next, client);
    }

    internal static Page<T> ReadPage<T>(string url, string recordKey, ITwilioRestClient? client)
        where T : Resource
    {
        client ??= TwilioClient.GetRestClient();
        return Page<T>.FromJson(recordKey, client.Request(new Request(HttpMethod.Get, url)).Content ?? string.Empty);
    }

    internal static void Add(this List<KeyValuePair<string, string>> form, string name, object? value)
    {
        if (Text(value) is { } text) form.Add(new KeyValuePair<string, string>(name, text));
    }

    /// <summary>A date filter: the day itself, else its bounds, which Twilio names <c>Name&lt;</c> and <c>Name&gt;</c>.</summary>
    internal static void AddDates(this List<KeyValuePair<string, string>> form, string name, DateTime? at, DateTime? before, DateTime? after)
    {
        form.Add(name, at);
        if (at is not null) return;
        form.Add(name + "<", before);
        form.Add(name + ">", after);
    }

    // A date is written as if it were UTC, whatever its kind: the official library does no conversion either.
    private static string? Text(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        DateTime date => date.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        Uri uri => uri.OriginalString,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
