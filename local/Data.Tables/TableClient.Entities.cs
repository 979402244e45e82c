using Azure.Data.Tables.Rest;

namespace Azure.Data.Tables;

public partial class TableClient
{
    /// <summary>Reads an entity; 404 if it does not exist.</summary>
    public virtual Response<T> GetEntity<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        (Response<T>)_entities.GetAsync<T>(partitionKey, rowKey, select, mayBeMissing: false, async: false, cancellationToken).GetAwaiter().GetResult();

    /// <inheritdoc cref="GetEntity{T}"/>
    public virtual async Task<Response<T>> GetEntityAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        (Response<T>)await _entities.GetAsync<T>(partitionKey, rowKey, select, mayBeMissing: false, async: true, cancellationToken).ConfigureAwait(false);

    /// <summary>Reads an entity; the response has no value if the entity, or its table, does not exist.</summary>
    public virtual NullableResponse<T> GetEntityIfExists<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        _entities.GetAsync<T>(partitionKey, rowKey, select, mayBeMissing: true, async: false, cancellationToken).GetAwaiter().GetResult();

    /// <inheritdoc cref="GetEntityIfExists{T}"/>
    public virtual Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity => _entities.GetAsync<T>(partitionKey, rowKey, select, mayBeMissing: true, async: true, cancellationToken);

    /// <summary>Inserts an entity; 409 if it exists. The response has its ETag; the entity itself keeps its own.</summary>
    public virtual Response AddEntity<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity => _entities.ChangeAsync(EntityRequest.Insert(Name, entity), false, cancellationToken).GetAwaiter().GetResult();

    /// <inheritdoc cref="AddEntity{T}"/>
    public virtual Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity => _entities.ChangeAsync(EntityRequest.Insert(Name, entity), true, cancellationToken);

    /// <summary>Inserts an entity, or changes the one that exists, whatever its ETag.</summary>
    public virtual Response UpsertEntity<T>(T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        _entities.ChangeAsync(EntityRequest.Change(Name, entity, mode, default), false, cancellationToken).GetAwaiter().GetResult();

    /// <inheritdoc cref="UpsertEntity{T}"/>
    public virtual Task<Response> UpsertEntityAsync<T>(T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity => _entities.ChangeAsync(EntityRequest.Change(Name, entity, mode, default), true, cancellationToken);

    /// <summary>Changes an entity if its ETag is still this one: 412 if it is not, 404 if there is no entity.</summary>
    /// <param name="entity">The new values.</param>
    /// <param name="ifMatch">The condition; <see cref="ETag.All"/> for any version. The default value is refused.</param>
    /// <param name="mode">What becomes of properties that <paramref name="entity"/> lacks.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public virtual Response UpdateEntity<T>(T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        _entities.ChangeAsync(EntityRequest.Change(Name, entity, mode, NotDefault(ifMatch)), false, cancellationToken).GetAwaiter().GetResult();

    /// <inheritdoc cref="UpdateEntity{T}"/>
    public virtual Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity => _entities.ChangeAsync(EntityRequest.Change(Name, entity, mode, NotDefault(ifMatch)), true, cancellationToken);

    /// <summary>Deletes an entity; if there is none, the response is a 404 and no error. A stale ETag is a 412.</summary>
    public virtual Response DeleteEntity(string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        _entities.DeleteAsync(EntityRequest.Delete(Name, partitionKey, rowKey, ifMatch), false, cancellationToken).GetAwaiter().GetResult();

    /// <inheritdoc cref="DeleteEntity(string, string, ETag, CancellationToken)"/>
    public virtual Task<Response> DeleteEntityAsync(string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        _entities.DeleteAsync(EntityRequest.Delete(Name, partitionKey, rowKey, ifMatch), true, cancellationToken);

    /// <summary>Deletes an entity; its own ETag is no condition, only <paramref name="ifMatch"/> is.</summary>
    public virtual Response DeleteEntity(ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return DeleteEntity(entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken);
    }

    /// <inheritdoc cref="DeleteEntity(ITableEntity, ETag, CancellationToken)"/>
    public virtual Task<Response> DeleteEntityAsync(ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return DeleteEntityAsync(entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken);
    }

    /// <summary>Makes all of the changes or none. They are at most 100, of one partition, each of another entity.</summary>
    /// <returns>The response to each action, in order.</returns>
    /// <exception cref="TableTransactionFailedException">An action was refused; the exception tells which.</exception>
    public virtual Response<IReadOnlyList<Response>> SubmitTransaction(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default) =>
        _entities.SubmitAsync(transactionActions, false, cancellationToken).GetAwaiter().GetResult();

    /// <inheritdoc cref="SubmitTransaction"/>
    public virtual Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default) =>
        _entities.SubmitAsync(transactionActions, true, cancellationToken);

    private static ETag NotDefault(ETag condition) =>
        condition == default ? throw new ArgumentException("Pass the ETag that was read, or ETag.All.", nameof(condition)) : condition;
}
