using Azure.Data.Tables;
using Microsoft.DurableTask.Client;

namespace LiveDesk.Local.Durable;

/// <summary>Queries in OData.</summary>
internal static class InstanceFilter
{
    public static readonly OrchestrationRuntimeStatus[] Ended =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    public static string Of(OrchestrationQuery query)
    {
        var parts = new List<string> { TableClient.CreateQueryFilter($"RowKey eq {InstanceRecord.RowKey}") };
        if (query.CreatedFrom is { } from) parts.Add(TableClient.CreateQueryFilter($"CreatedTime ge {from}"));
        if (query.CreatedTo is { } to) parts.Add(TableClient.CreateQueryFilter($"CreatedTime le {to}"));
        if (!string.IsNullOrEmpty(query.InstanceIdPrefix))
        {
            string prefix = InstanceStore.Key(query.InstanceIdPrefix);
            // Every key that begins so sorts before the prefix followed by the last character.
            parts.Add(TableClient.CreateQueryFilter($"PartitionKey ge {prefix} and PartitionKey lt {prefix + '\uffff'}"));
        }
        string[] statuses = [.. (query.Statuses ?? []).Select(status => TableClient.CreateQueryFilter($"RuntimeStatus eq {status.ToString()}"))];
        if (statuses.Length > 0) parts.Add($"({string.Join(" or ", statuses)})");
        return string.Join(" and ", parts);
    }
}
