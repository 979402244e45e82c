using System.Linq.Expressions;
using Azure.Core;
using Azure.Data.Tables.Filters;
using Azure.Data.Tables.Models;
using Azure.Data.Tables.Rest;

namespace Azure.Data.Tables;

/// <summary>The tables of a storage account.</summary>
/// <remarks>Every method throws <see cref="RequestFailedException"/> when the service refuses; its ErrorCode is a <see cref="TableErrorCode"/>.</remarks>
public class TableServiceClient
{
    private readonly TableConnection _connection = null!;
    private readonly TableOperations _tables = null!;

    /// <param name="connectionString">Account, key and endpoint, or UseDevelopmentStorage=true.</param>
    public TableServiceClient(string connectionString)
        : this(connectionString, null)
    {
    }

    /// <param name="connectionString">Account, key and endpoint, or UseDevelopmentStorage=true.</param>
    /// <param name="options">Retries, transport and policies.</param>
    public TableServiceClient(string connectionString, TableClientOptions? options = null)
        : this(TableConnection.Create(connectionString, options))
    {
    }

    /// <param name="endpoint">The account's table endpoint.</param>
    /// <param name="credential">Signs the requests.</param>
    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential)
        : this(endpoint, credential, null)
    {
    }

    /// <param name="endpoint">The account's table endpoint.</param>
    /// <param name="credential">Signs the requests.</param>
    /// <param name="options">Retries, transport and policies.</param>
    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions? options)
        : this(TableConnection.Create(endpoint, credential, options))
    {
    }

    /// <param name="endpoint">The account's table endpoint; requests fail unless it is https.</param>
    /// <param name="tokenCredential">Gives a token for https://storage.azure.com/.default.</param>
    /// <param name="options">Retries, transport and policies.</param>
    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions? options = null)
        : this(TableConnection.Create(endpoint, tokenCredential, options))
    {
    }

    /// <summary>For mocks.</summary>
    protected TableServiceClient()
    {
    }

    private TableServiceClient(TableConnection connection) => (_connection, _tables) = (connection, new TableOperations(connection));

    /// <summary>Name of the account.</summary>
    public virtual string AccountName => _connection.AccountName;

    /// <summary>The account's table endpoint.</summary>
    public virtual Uri Uri => _connection.Endpoint;

    /// <summary>A client of one table, on the same pipeline. Sends nothing.</summary>
    public virtual TableClient GetTableClient(string tableName) => new(_connection, tableName);

    /// <summary>Creates a table; 409 if it exists.</summary>
    public virtual Response<TableItem> CreateTable(string tableName, CancellationToken cancellationToken = default) =>
        _tables.CreateAsync(tableName, false, cancellationToken).GetAwaiter().GetResult();

    /// <inheritdoc cref="CreateTable"/>
    public virtual Task<Response<TableItem>> CreateTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        _tables.CreateAsync(tableName, true, cancellationToken);

    /// <summary>Creates a table unless it exists; the raw response is then a 409.</summary>
    public virtual Response<TableItem> CreateTableIfNotExists(string tableName, CancellationToken cancellationToken = default) =>
        _tables.CreateIfNotExistsAsync(tableName, false, cancellationToken).GetAwaiter().GetResult();

    /// <inheritdoc cref="CreateTableIfNotExists"/>
    public virtual Task<Response<TableItem>> CreateTableIfNotExistsAsync(string tableName, CancellationToken cancellationToken = default) =>
        _tables.CreateIfNotExistsAsync(tableName, true, cancellationToken);

    /// <summary>Deletes a table; if there is none, the response is a 404 and no error.</summary>
    public virtual Response DeleteTable(string tableName, CancellationToken cancellationToken = default) =>
        _tables.DeleteAsync(tableName, false, cancellationToken).GetAwaiter().GetResult();

    /// <inheritdoc cref="DeleteTable"/>
    public virtual Task<Response> DeleteTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        _tables.DeleteAsync(tableName, true, cancellationToken);

    /// <summary>The tables that satisfy an OData filter.</summary>
    public virtual Pageable<TableItem> Query(string? filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        new Pages<TableItem>(_tables.Query(filter), maxPerPage, cancellationToken);

    /// <summary>The tables that satisfy a filter whose interpolated values are quoted.</summary>
    public virtual Pageable<TableItem> Query(FormattableString filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        Query(CreateQueryFilter(filter), maxPerPage, cancellationToken);

    /// <summary>The tables that satisfy a condition.</summary>
    public virtual Pageable<TableItem> Query(Expression<Func<TableItem, bool>> filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        Query(FilterTranslator.Translate(filter), maxPerPage, cancellationToken);

    /// <summary>The tables that satisfy an OData filter.</summary>
    public virtual AsyncPageable<TableItem> QueryAsync(string? filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        new AsyncPages<TableItem>(_tables.Query(filter), maxPerPage, cancellationToken);

    /// <summary>The tables that satisfy a filter whose interpolated values are quoted.</summary>
    public virtual AsyncPageable<TableItem> QueryAsync(FormattableString filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        QueryAsync(CreateQueryFilter(filter), maxPerPage, cancellationToken);

    /// <summary>The tables that satisfy a condition.</summary>
    public virtual AsyncPageable<TableItem> QueryAsync(
        Expression<Func<TableItem, bool>> filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        QueryAsync(FilterTranslator.Translate(filter), maxPerPage, cancellationToken);

    /// <summary>A filter from an interpolated text, its values quoted and escaped.</summary>
    public static string CreateQueryFilter(FormattableString filter) => ODataLiteral.Format(filter);

    /// <summary>A filter from a condition.</summary>
    public static string? CreateQueryFilter(Expression<Func<TableItem, bool>> filter) => FilterTranslator.Translate(filter);
}
