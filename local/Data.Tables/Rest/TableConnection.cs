using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables.Rest;

/// <summary>An account's table endpoint and the pipeline that leads there.</summary>
internal sealed class TableConnection
{
    internal const string MinimalMetadata = "application/json;odata=minimalmetadata";
    private const string Scope = "https://storage.azure.com/.default";
    private readonly HttpPipeline _pipeline;

    private TableConnection(Uri endpoint, string accountName, HttpPipelinePolicy authentication, TableClientOptions? options)
    {
        options ??= new TableClientOptions();
        (Endpoint, AccountName, Version) = (new Uri(endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/')), accountName, options.VersionHeader);
        Address = Endpoint.AbsoluteUri.TrimEnd('/');
        _pipeline = HttpPipelineBuilder.Build(new HttpPipelineOptions(options)
        {
            PerRetryPolicies = { authentication },
            ResponseClassifier = new ResponseClassifier(),
            RequestFailedDetailsParser = TableErrorParser.Instance,
        });
    }

    internal Uri Endpoint { get; }

    /// <summary>The endpoint without a slash at its end, for a path to follow.</summary>
    internal string Address { get; }

    internal string AccountName { get; }

    private string Version { get; }

    internal static TableConnection Create(string connectionString, TableClientOptions? options)
    {
        var (endpoint, credential) = ConnectionString.Parse(connectionString);
        return Create(endpoint, credential, options);
    }

    internal static TableConnection Create(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(credential);
        return new(endpoint, credential.AccountName, new SharedKeyPolicy(credential), options);
    }

    internal static TableConnection Create(Uri endpoint, TokenCredential credential, TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(credential);
        return new(endpoint, AccountOf(endpoint), new BearerTokenAuthenticationPolicy(credential, Scope), options);
    }

    /// <summary>A request that is still to be given its body.</summary>
    internal HttpMessage Request(RequestMethod method, string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var message = _pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(Endpoint);
        message.Request.Uri.AppendPath("/" + path, escape: false);
        foreach (var (name, value) in query)
            if (value is not null) message.Request.Uri.AppendQuery(name, value, escapeValue: true);
        message.Request.Headers.Add("x-ms-version", Version);
        message.Request.Headers.Add("DataServiceVersion", "3.0");
        message.Request.Headers.Add("Accept", MinimalMetadata);
        return message;
    }

    /// <summary>Sends, and returns the response if its status is among the accepted.</summary>
    internal async Task<Response> SendAsync(HttpMessage message, bool async, CancellationToken cancellationToken, params int[] accepted)
    {
        if (async) await _pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        else _pipeline.Send(message, cancellationToken);
        return accepted.Contains(message.Response.Status) ? message.Response : throw new RequestFailedException(message.Response);
    }

    /// <summary>The first part of the host's name, or of the path where the host is an address (Azurite).</summary>
    private static string AccountOf(Uri endpoint) => endpoint.HostNameType == UriHostNameType.Dns && !endpoint.IsLoopback
        ? endpoint.Host.Split('.')[0]
        : endpoint.AbsolutePath.Trim('/').Split('/')[0];
}
