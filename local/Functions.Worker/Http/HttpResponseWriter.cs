using System.Globalization;
using Azure.Core.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Local;

/// <summary>Puts what a function returned onto the wire.</summary>
internal static class HttpResponseWriter
{
    /// <summary>A response as it is; nothing as 204; text as text/plain; anything else as JSON.</summary>
    public static async Task WriteAsync(HttpResponse response, object? result, ObjectSerializer serializer, CancellationToken cancellationToken)
    {
        switch (result)
        {
            case HttpResponseData data:
                await WriteDataAsync(response, data, cancellationToken);
                break;
            case null:
                response.StatusCode = StatusCodes.Status204NoContent;
                break;
            case string text:
                response.ContentType = "text/plain; charset=utf-8";
                await WriteBodyAsync(response, BinaryData.FromString(text).ToStream(), cancellationToken);
                break;
            default:
                response.ContentType = "application/json; charset=utf-8";
                BinaryData json = await serializer.SerializeAsync(result, result.GetType(), cancellationToken);
                await WriteBodyAsync(response, json.ToStream(), cancellationToken);
                break;
        }
    }

    private static async Task WriteDataAsync(HttpResponse response, HttpResponseData data, CancellationToken cancellationToken)
    {
        response.StatusCode = (int)data.StatusCode;
        foreach ((string name, IEnumerable<string> values) in data.Headers)
        {
            // Kestrel decides how the body is framed.
            if (!name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase) && !name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                response.Headers.Append(name, values.ToArray());
        }
        foreach (IHttpCookie cookie in ((ResponseCookies)data.Cookies).All)
            AppendCookie(response, cookie);
        if (HttpMethods.IsHead(response.HttpContext.Request.Method) && Announced(data) is { } length)
        {
            // The length that a GET would have; nothing follows.
            response.ContentLength = length;
            return;
        }
        await WriteBodyAsync(response, data.Body, cancellationToken);
    }

    private static long? Announced(HttpResponseData data) =>
        data.Headers.TryGetValues("Content-Length", out IEnumerable<string>? values) && long.TryParse(values.First(), CultureInfo.InvariantCulture, out long length)
            ? length
            : null;

    private static async Task WriteBodyAsync(HttpResponse response, Stream body, CancellationToken cancellationToken)
    {
        if (!body.CanRead)
            return;
        if (body.CanSeek)
        {
            body.Position = 0;
            if (MayHaveBody(response.StatusCode))
                response.ContentLength = body.Length;
        }
        if (MayHaveBody(response.StatusCode) && !HttpMethods.IsHead(response.HttpContext.Request.Method))
            await body.CopyToAsync(response.Body, cancellationToken);
    }

    private static bool MayHaveBody(int status) => status is >= 200 and not (204 or 205 or 304);

    private static void AppendCookie(HttpResponse response, IHttpCookie cookie)
    {
        var header = new Microsoft.Net.Http.Headers.SetCookieHeaderValue(cookie.Name, cookie.Value)
        {
            Domain = cookie.Domain,
            Path = cookie.Path,
            Expires = cookie.Expires,
            MaxAge = cookie.MaxAge is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Secure = cookie.Secure ?? false,
            HttpOnly = cookie.HttpOnly ?? false,
            SameSite = cookie.SameSite switch
            {
                SameSite.Lax => Microsoft.Net.Http.Headers.SameSiteMode.Lax,
                SameSite.Strict => Microsoft.Net.Http.Headers.SameSiteMode.Strict,
                SameSite.ExplicitNone => Microsoft.Net.Http.Headers.SameSiteMode.None,
                _ => Microsoft.Net.Http.Headers.SameSiteMode.Unspecified,
            },
        };
        response.Headers.Append("Set-Cookie", header.ToString());
    }
}
