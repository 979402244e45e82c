using Azure;
using Azure.Data.Tables;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LiveDesk.Local.Durable;

/// <summary>The row of an instance: what queries show, and the marker that says which of its history is committed.</summary>
internal sealed record InstanceRecord
{
    public const string RowKey = "instance";

    public required string Instance { get; init; }
    public required string Name { get; init; }

    /// <summary>Id of the message that started it; stays through ContinueAsNew.</summary>
    public required string StartId { get; init; }

    /// <summary>Earlier start ids of a reused instance id, so that a late copy of such a message is not taken for a new start.</summary>
    public IReadOnlyList<string> PastStarts { get; init; } = [];

    /// <summary>Id of the current execution; new with every ContinueAsNew.</summary>
    public required string Execution { get; init; }

    /// <summary>Counts executions; the history's keys begin with it.</summary>
    public int Epoch { get; init; }

    /// <summary>Committed steps of the execution. History beyond it does not count.</summary>
    public int Episodes { get; init; }

    public OrchestrationRuntimeStatus Status { get; init; } = OrchestrationRuntimeStatus.Pending;
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public Payload Input { get; init; }
    public Payload Output { get; init; }
    public Payload CustomStatus { get; init; }
    public TaskFailureDetails? Failure { get; init; }
    public ParentLink? Parent { get; init; }
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Whether any payload of it went to a blob.</summary>
    public bool HasBlobs { get; init; }

    public bool IsOver => Status is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed
        or OrchestrationRuntimeStatus.Terminated or OrchestrationRuntimeStatus.Canceled;

    public TableEntity ToEntity(string partitionKey)
    {
        var entity = new TableEntity(partitionKey, RowKey)
        {
            ["InstanceId"] = Instance,
            ["Name"] = Name,
            ["StartId"] = StartId,
            ["ExecutionId"] = Execution,
            ["Epoch"] = Epoch,
            ["Episodes"] = Episodes,
            ["RuntimeStatus"] = Status.ToString(),
            ["CreatedTime"] = CreatedAt,
            ["LastUpdatedTime"] = UpdatedAt,
            ["HasBlobs"] = HasBlobs,
        };
        Input.Write(entity, "Input");
        Output.Write(entity, "Output");
        CustomStatus.Write(entity, "CustomStatus");
        if (PastStarts.Count > 0) entity["PastStarts"] = EngineJson.Write(PastStarts);
        if (Failure is not null) entity["Failure"] = EngineJson.Write(Failure);
        if (Parent is not null) entity["Parent"] = EngineJson.Write(Parent);
        if (Tags is { Count: > 0 }) entity["Tags"] = EngineJson.Write(Tags);
        return entity;
    }

    public static InstanceRecord From(TableEntity entity) => new()
    {
        Instance = entity.GetString("InstanceId")!,
        Name = entity.GetString("Name")!,
        StartId = entity.GetString("StartId")!,
        Execution = entity.GetString("ExecutionId")!,
        Epoch = entity.GetInt32("Epoch") ?? 0,
        Episodes = entity.GetInt32("Episodes") ?? 0,
        Status = Enum.Parse<OrchestrationRuntimeStatus>(entity.GetString("RuntimeStatus")!),
        CreatedAt = entity.GetDateTimeOffset("CreatedTime") ?? default,
        UpdatedAt = entity.GetDateTimeOffset("LastUpdatedTime") ?? default,
        HasBlobs = entity.GetBoolean("HasBlobs") ?? false,
        Input = Payload.Read(entity, "Input"),
        Output = Payload.Read(entity, "Output"),
        CustomStatus = Payload.Read(entity, "CustomStatus"),
        PastStarts = Optional<string[]>(entity, "PastStarts") ?? [],
        Failure = Optional<TaskFailureDetails>(entity, "Failure"),
        Parent = Optional<ParentLink>(entity, "Parent"),
        Tags = Optional<Dictionary<string, string>>(entity, "Tags"),
    };

    private static T? Optional<T>(TableEntity entity, string name) where T : class =>
        entity.GetString(name) is { } text ? EngineJson.Read<T>(text) : null;
}

/// <summary>A text that is either here or in a blob.</summary>
internal readonly record struct Payload(string? Text, string? Blob = null)
{
    public void Write(TableEntity entity, string name)
    {
        if (Blob is not null) entity[name + "Blob"] = Blob;
        else if (Text is not null) entity[name] = Text;
    }

    public static Payload Read(TableEntity entity, string name) => new(entity.GetString(name), entity.GetString(name + "Blob"));
}

/// <summary>An instance's row as it was last seen in storage.</summary>
internal sealed record StoredInstance(InstanceRecord Record, ETag ETag);
