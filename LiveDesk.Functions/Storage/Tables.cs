using Azure.Data.Tables;

namespace LiveDesk.Functions.Storage;

/// <summary>The tables of the desk.</summary>
internal sealed class Tables(TableServiceClient service)
{
    public TableClient Contacts { get; } = service.GetTableClient("Contacts");

    public TableClient Inbox { get; } = service.GetTableClient("Inbox");

    public TableClient Desk { get; } = service.GetTableClient("Desk");

    public TableClient Channels { get; } = service.GetTableClient("Channels");

    public TableClient Waiting { get; } = service.GetTableClient("Waiting");

    public TableClient Facts { get; } = service.GetTableClient("Facts");

    public TableClient Rollups { get; } = service.GetTableClient("Rollups");

    public TableClient WorkflowRuns { get; } = service.GetTableClient("WorkflowRuns");

    public TableClient Drafts { get; } = service.GetTableClient("Drafts");

    public TableClient Events { get; } = service.GetTableClient("Events");

    public TableClient Audit { get; } = service.GetTableClient("Audit");

    public TableClient Requests { get; } = service.GetTableClient("Requests");

    public TableClient Webhooks { get; } = service.GetTableClient("Webhooks");

    public Task CreateAsync(CancellationToken cancellationToken) => Task.WhenAll(
        new[] { Contacts, Inbox, Desk, Channels, Waiting, Facts, Rollups, Drafts, WorkflowRuns, Events, Audit, Requests, Webhooks }
            .Select(table => table.CreateIfNotExistsAsync(cancellationToken)));
}
