namespace Azure.Data.Tables;

/// <summary>What one action of a transaction does to its entity.</summary>
public enum TableTransactionActionType
{
    /// <summary>Inserts; fails if the entity exists.</summary>
    Add,

    /// <summary>Merges into the existing entity, under the action's ETag.</summary>
    UpdateMerge,

    /// <summary>Replaces the existing entity, under the action's ETag.</summary>
    UpdateReplace,

    /// <summary>Deletes; unlike <see cref="TableClient.DeleteEntityAsync(string, string, ETag, CancellationToken)"/> it fails if the entity is missing.</summary>
    Delete,

    /// <summary>Inserts, or merges into what exists.</summary>
    UpsertMerge,

    /// <summary>Inserts, or replaces what exists.</summary>
    UpsertReplace,
}
