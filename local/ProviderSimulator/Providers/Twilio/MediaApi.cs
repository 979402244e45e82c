using LiveDesk.Local.ProviderSimulator.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>Files of messages: the API redirects to a CDN, which wants no credentials.</summary>
internal sealed class MediaApi(SimulatorCore core, TwilioState state, TwilioAuthentication authentication, Func<MessagingSettings> settings)
{
    private const string Media = "/2010-04-01/Accounts/{account}/Messages/{message}/Media";

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet(Media + ".json", List);
        api.MapGet(Media + "/{sid}", Redirect);
        api.MapDelete(Media + "/{sid}.json", Delete);
        api.MapGet("/cdn/{message}/{sid}", Download);
    }

    private IResult List(string account, string message, HttpRequest request)
    {
        if (authentication.Account(request, account) is null) return TwilioError.Credentials();
        if (state.Message(message) is not { } owner || owner.AccountSid != account) return TwilioError.NotFound(request);
        lock (state.Gate)
            return TwilioPages.V2010(
                request, $"/2010-04-01/Accounts/{account}/Messages/{message}/Media.json", "media_list", owner.Media, media => TwilioDocuments.Of(owner, media));
    }

    private IResult Redirect(string account, string message, string sid, HttpRequest request)
    {
        bool describes = sid.EndsWith(".json", StringComparison.Ordinal);
        if ((describes || settings().MediaNeedsCredentials) && authentication.Account(request, account) is null) return TwilioError.Credentials();
        if (Find(message, describes ? sid[..^5] : sid) is not var (owner, media) || owner.AccountSid != account) return TwilioError.NotFound(request);
        return describes
            ? Results.Json(TwilioDocuments.Of(owner, media))
            : Results.Redirect($"{core.BaseAddress}/twilio/cdn/{message}/{media.Sid}", preserveMethod: true);
    }

    private IResult Delete(string account, string message, string sid, HttpRequest request)
    {
        if (authentication.Account(request, account) is null) return TwilioError.Credentials();
        if (Find(message, sid) is not var (owner, media) || owner.AccountSid != account) return TwilioError.NotFound(request);
        lock (state.Gate) owner.Media.Remove(media);
        return Results.NoContent();
    }

    private IResult Download(string message, string sid, HttpRequest request)
    {
        // A signed address with credentials on top is refused, as S3 does: the desk must drop them at the redirect.
        if (request.Headers.Authorization.Count > 0) return Results.Text("Only one auth mechanism allowed", statusCode: 400);
        return Find(message, sid) is var (_, media) ? Results.Bytes(media.Bytes, media.ContentType) : Results.NotFound();
    }

    private (TwilioMessage Owner, TwilioMedia Media)? Find(string message, string sid)
    {
        if (state.Message(message) is not { } owner) return null;
        lock (state.Gate) return owner.Media.Find(media => media.Sid == sid) is { } media ? (owner, media) : null;
    }
}
