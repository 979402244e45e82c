namespace Azure.Data.Tables;

/// <summary>Properties that the service gives every entity.</summary>
internal static class PropertyNames
{
    internal const string PartitionKey = "PartitionKey";
    internal const string RowKey = "RowKey";
    internal const string Timestamp = "Timestamp";
    internal const string ETag = "ETag";
    internal const string ODataETag = "odata.etag";
    internal const string TypeSuffix = "@odata.type";
}
