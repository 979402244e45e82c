namespace Azure.Data.Tables;

/// <summary>One change of a transaction.</summary>
public class TableTransactionAction
{
    /// <summary>An action without a condition.</summary>
    public TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity)
        : this(actionType, entity, default)
    {
    }

    /// <summary>An action that fails with 412 if the stored entity's ETag differs.</summary>
    /// <param name="actionType">What to do.</param>
    /// <param name="entity">The entity to do it with.</param>
    /// <param name="etag">
    /// Condition of updates and deletes. The default is none: a delete is unconditional, and an update without condition
    /// also inserts, as in the official client; pass <see cref="ETag.All"/> to require that the entity exists.
    /// </param>
    public TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity, ETag etag = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        (ActionType, Entity, ETag) = (actionType, entity, etag);
    }

    /// <summary>What to do.</summary>
    public TableTransactionActionType ActionType { get; }

    /// <summary>The entity to do it with.</summary>
    public ITableEntity Entity { get; }

    /// <summary>The condition, or the default for none.</summary>
    public ETag ETag { get; }
}
