using System.Globalization;
using System.Runtime.Serialization;
using Azure.Data.Tables.Rest;

namespace Azure.Data.Tables;

/// <summary>A transaction was refused: none of its actions took effect.</summary>
public class TableTransactionFailedException : RequestFailedException
{
    /// <summary>Wraps the refusal of the action that failed.</summary>
    public TableTransactionFailedException(RequestFailedException requestFailedException)
        : base(requestFailedException.Status, requestFailedException.Message, requestFailedException.ErrorCode, requestFailedException.InnerException)
    {
        foreach (object key in requestFailedException.Data.Keys) Data[key] = requestFailedException.Data[key];
        if (Data[TableErrorParser.FailedIndexKey] is string index)
            FailedTransactionActionIndex = int.Parse(index, CultureInfo.InvariantCulture);
    }

    /// <summary>For the runtime's serialization.</summary>
    [Obsolete("Formatter-based serialization is obsolete.", DiagnosticId = "SYSLIB0051")]
    protected TableTransactionFailedException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }

    /// <summary>Position of the action that failed among those submitted, from 0; null if the service does not tell.</summary>
    public int? FailedTransactionActionIndex { get; }
}
