using System.Linq.Expressions;
using Azure.Core;
using Azure.Data.Tables.Filters;
using Azure.Data.Tables.Models;
using Azure.Data.Tables.Rest;

namespace Azure.Data.Tables;

/// <summary>One table and its entities.</summary>
/// <remarks>
/// Every method throws <see cref="RequestFailedException"/> when the service refuses; its ErrorCode is a <see cref="TableErrorCode"/>,
/// e.g. EntityAlreadyExists (409), ResourceNotFound (404) or UpdateConditionNotSatisfied (412).
/// </remarks>
public partial class TableClient
{
    private readonly TableConnection _connection = null!;
    private readonly TableOperations _tables = null!;
    private readonly EntityOperations _entities = null!;

    /// <param name="connectionString">Account, key and endpoint, or UseDevelopmentStorage=true.</param>
    /// <param name="tableName">Name of the table.</param>
    public TableClient(string connectionString, string tableName)
        : this(connectionString, tableName, null)
    {
    }

    /// <param name="connectionString">Account, key and endpoint, or UseDevelopmentStorage=true.</param>
    /// <param name="tableName">Name of the table.</param>
    /// <param name="options">Retries, transport and policies.</param>
    public TableClient(string connectionString, string tableName, TableClientOptions? options = null)
        : this(TableConnection.Create(connectionString, options), tableName)
    {
    }

    /// <param name="endpoint">The account's table endpoint.</param>
    /// <param name="tableName">Name of the table.</param>
    /// <param name="credential">Signs the requests.</param>
    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential)
        : this(endpoint, tableName, credential, null)
    {
    }

    /// <param name="endpoint">The account's table endpoint.</param>
    /// <param name="tableName">Name of the table.</param>
    /// <param name="credential">Signs the requests.</param>
    /// <param name="options">Retries, transport and policies.</param>
    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential, TableClientOptions? options = null)
        : this(TableConnection.Create(endpoint, credential, options), tableName)
    {
    }

    /// <param name="endpoint">The account's table endpoint; requests fail unless it is https.</param>
    /// <param name="tableName">Name of the table.</param>
    /// <param name="tokenCredential">Gives a token for https://storage.azure.com/.default.</param>
    /// <param name="options">Retries, transport and policies.</param>
    public TableClient(Uri endpoint, string tableName, TokenCredential tokenCredential, TableClientOptions? options = null)
        : this(TableConnection.Create(endpoint, tokenCredential, options), tableName)
    {
    }

    /// <summary>For mocks.</summary>
    protected TableClient()
    {
    }

    internal TableClient(TableConnection connection, string tableName)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        (_connection, Name) = (connection, tableName);
        (_tables, _entities) = (new TableOperations(connection), new EntityOperations(connection, tableName));
    }

    /// <summary>Name of the table.</summary>
    public virtual string Name { get; } = null!;

    /// <summary>Name of the account.</summary>
    public virtual string AccountName => _connection.AccountName;

    /// <summary>The table's address.</summary>
    public virtual Uri Uri => new($"{_connection.Address}/{Name}");

    /// <summary>Creates the table; 409 if it exists.</summary>
    public virtual Response<TableItem> Create(CancellationToken cancellationToken = default) =>
        _tables.CreateAsync(Name, false, cancellationToken).GetAwaiter().GetResult();

    /// <inheritdoc cref="Create"/>
    public virtual Task<Response<TableItem>> CreateAsync(CancellationToken cancellationToken = default) => _tables.CreateAsync(Name, true, cancellationToken);

    /// <summary>Creates the table unless it exists; the raw response is then a 409.</summary>
    public virtual Response<TableItem> CreateIfNotExists(CancellationToken cancellationToken = default) =>
        _tables.CreateIfNotExistsAsync(Name, false, cancellationToken).GetAwaiter().GetResult();

    /// <inheritdoc cref="CreateIfNotExists"/>
    public virtual Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) =>
        _tables.CreateIfNotExistsAsync(Name, true, cancellationToken);

    /// <summary>Deletes the table; if there is none, the response is a 404 and no error.</summary>
    public virtual Response Delete(CancellationToken cancellationToken = default) =>
        _tables.DeleteAsync(Name, false, cancellationToken).GetAwaiter().GetResult();

    /// <inheritdoc cref="Delete"/>
    public virtual Task<Response> DeleteAsync(CancellationToken cancellationToken = default) => _tables.DeleteAsync(Name, true, cancellationToken);

    /// <summary>The entities that satisfy an OData filter, by partition key and row key.</summary>
    /// <param name="filter">The filter; all entities without one.</param>
    /// <param name="maxPerPage">At most so many per request; the service's limit, and default, is 1,000.</param>
    /// <param name="select">The properties to fetch; all by default.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public virtual AsyncPageable<T> QueryAsync<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity => new AsyncPages<T>(_entities.Query<T>(filter, select), maxPerPage, cancellationToken);

    /// <summary>The entities that satisfy a condition, by partition key and row key.</summary>
    public virtual AsyncPageable<T> QueryAsync<T>(
        Expression<Func<T, bool>> filter, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity => QueryAsync<T>(CreateQueryFilter(filter), maxPerPage, select, cancellationToken);

    /// <inheritdoc cref="QueryAsync{T}(string?, int?, IEnumerable{string}?, CancellationToken)"/>
    public virtual Pageable<T> Query<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity => new Pages<T>(_entities.Query<T>(filter, select), maxPerPage, cancellationToken);

    /// <summary>The entities that satisfy a condition, by partition key and row key.</summary>
    public virtual Pageable<T> Query<T>(
        Expression<Func<T, bool>> filter, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity => Query<T>(CreateQueryFilter(filter), maxPerPage, select, cancellationToken);

    /// <summary>A filter from an interpolated text, its values quoted and escaped.</summary>
    public static string CreateQueryFilter(FormattableString filter) => ODataLiteral.Format(filter);

    /// <summary>A filter from a condition; null if everything satisfies it.</summary>
    public static string? CreateQueryFilter<T>(Expression<Func<T, bool>> filter) => FilterTranslator.Translate(filter);
}
