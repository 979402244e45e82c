using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>Retries, transport, policies and diagnostics of a client, and the service version that it speaks.</summary>
public class TableClientOptions : ClientOptions
{
    private readonly ServiceVersion _version;

    /// <param name="serviceVersion">Version of the Table service's REST API; the latest by default.</param>
    public TableClientOptions(ServiceVersion serviceVersion = ServiceVersion.V2020_12_06) => _version = serviceVersion;

    /// <summary>Versions of the Table service's REST API.</summary>
    public enum ServiceVersion
    {
        /// <summary>2019-02-02</summary>
        V2019_02_02 = 1,

        /// <summary>2020-12-06</summary>
        V2020_12_06 = 2,
    }

    internal string VersionHeader => _version switch
    {
        ServiceVersion.V2019_02_02 => "2019-02-02",
        ServiceVersion.V2020_12_06 => "2020-12-06",
        _ => throw new NotSupportedException($"Service version {_version} is not supported."),
    };
}
