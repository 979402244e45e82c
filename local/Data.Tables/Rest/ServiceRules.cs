using System.Globalization;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables.Rest;

/// <summary>
/// Refusals of the service that Azurite does not give: it lets a transaction span partitions and answers a read of an
/// impossible key with 500. What would fail in Azure has to fail on a laptop, and in the same way.
/// https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model
/// </summary>
internal static class ServiceRules
{
    /// <exception cref="RequestFailedException">400 OutOfRangeInput: a key has a character that the service reserves.</exception>
    internal static void CheckKeys(string partitionKey, string rowKey)
    {
        string keys = partitionKey + rowKey;
        if (!keys.Any(IsReserved)) return;
        int reserved = keys.First(IsReserved);
        throw new RequestFailedException(
            400,
            $"The key '{partitionKey}' | '{rowKey}' has the character U+{reserved:X4}: / \\ # ? and control characters are reserved.",
            nameof(TableErrorCode.OutOfRangeInput),
            null);
    }

    /// <exception cref="TableTransactionFailedException">400: an action is of another partition than the first.</exception>
    internal static void CheckPartitions(IReadOnlyList<TableTransactionAction> actions)
    {
        int stray = actions.Select(action => action.Entity.PartitionKey).ToList().FindIndex(key => key != actions[0].Entity.PartitionKey);
        if (stray < 0) return;
        var refusal = new RequestFailedException(
            400, $"{stray}:All commands in a batch must operate on same entity group.", nameof(TableErrorCode.CommandsInBatchActOnDifferentPartitions), null);
        refusal.Data[TableErrorParser.FailedIndexKey] = stray.ToString(CultureInfo.InvariantCulture);
        throw new TableTransactionFailedException(refusal);
    }

    private static bool IsReserved(char c) => c is '/' or '\\' or '#' or '?' || char.IsControl(c);
}
