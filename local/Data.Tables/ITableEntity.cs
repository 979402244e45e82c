namespace Azure.Data.Tables;

/// <summary>What every entity has; a class that implements it is stored by its public properties.</summary>
public interface ITableEntity
{
    /// <summary>The partition that the entity belongs to; transactions stay within one.</summary>
    string PartitionKey { get; set; }

    /// <summary>Identifies the entity within its partition.</summary>
    string RowKey { get; set; }

    /// <summary>When the service last changed the entity; ignored on writes.</summary>
    DateTimeOffset? Timestamp { get; set; }

    /// <summary>The version of the entity that was read; ignored on writes unless passed as the condition.</summary>
    ETag ETag { get; set; }
}
