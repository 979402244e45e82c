namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>A cookie of a request or a response; null means that the attribute is not sent.</summary>
public interface IHttpCookie
{
    /// <summary>Where it is sent.</summary>
    string? Domain { get; }

    /// <summary>When it ends; MaxAge wins.</summary>
    DateTimeOffset? Expires { get; }

    /// <summary>Kept from scripts.</summary>
    bool? HttpOnly { get; }

    /// <summary>Seconds to live.</summary>
    double? MaxAge { get; }

    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>Below which path it is sent.</summary>
    string? Path { get; }

    /// <summary>Whether it is sent across sites.</summary>
    SameSite SameSite { get; }

    /// <summary>Only over https.</summary>
    bool? Secure { get; }

    /// <summary>Its value, as it stands in the header.</summary>
    string Value { get; }
}

/// <summary>Whether a cookie is sent across sites.</summary>
public enum SameSite
{
    /// <summary>Nothing is said.</summary>
    None,

    /// <summary>Only on top-level navigation.</summary>
    Lax,

    /// <summary>Never.</summary>
    Strict,

    /// <summary>Always: "SameSite=None" is sent.</summary>
    ExplicitNone,
}

/// <summary>A cookie.</summary>
public sealed class HttpCookie(string name, string value) : IHttpCookie
{
    /// <inheritdoc/>
    public string? Domain { get; set; }

    /// <inheritdoc/>
    public DateTimeOffset? Expires { get; set; }

    /// <inheritdoc/>
    public bool? HttpOnly { get; set; }

    /// <inheritdoc/>
    public double? MaxAge { get; set; }

    /// <inheritdoc/>
    public string Name { get; set; } = name;

    /// <inheritdoc/>
    public string? Path { get; set; }

    /// <inheritdoc/>
    public SameSite SameSite { get; set; }

    /// <inheritdoc/>
    public bool? Secure { get; set; }

    /// <inheritdoc/>
    public string Value { get; set; } = value;
}

/// <summary>Cookies that a response sets.</summary>
public abstract class HttpCookies
{
    /// <summary>Adds a session cookie.</summary>
    public abstract void Append(string name, string value);

    /// <summary>Adds a cookie.</summary>
    public abstract void Append(IHttpCookie cookie);

    /// <summary>A cookie that is not yet appended.</summary>
    public abstract IHttpCookie CreateNew();
}
