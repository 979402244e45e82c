namespace LiveDesk.Local;

/// <summary>How Azurite is started. The defaults are those of <c>UseDevelopmentStorage=true</c>.</summary>
public sealed record AzuriteOptions
{
    /// <summary>Port of the blob service; 0 lets the system choose a free one.</summary>
    public int BlobPort { get; init; } = 10000;

    /// <summary>Port of the queue service; 0 lets the system choose a free one.</summary>
    public int QueuePort { get; init; } = 10001;

    /// <summary>Port of the table service; 0 lets the system choose a free one.</summary>
    public int TablePort { get; init; } = 10002;

    /// <summary>Folder of the data, created if missing. Null (the default) keeps everything in memory.</summary>
    public string? Location { get; init; }

    /// <summary>Accounts (name to base64 key) that replace the well-known <c>devstoreaccount1</c>. Empty (the default) keeps that one.</summary>
    public IReadOnlyDictionary<string, string> Accounts { get; init; } = new Dictionary<string, string>();

    /// <summary>How long the three services may take to listen. Default 60 s; installing is not counted.</summary>
    public TimeSpan ReadyTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Receives a line whenever a person would otherwise wonder what takes so long. Default: standard output.</summary>
    public Action<string> Progress { get; init; } = Console.WriteLine;

    /// <summary>Three free ports and data in memory: storage that nobody else uses.</summary>
    public static AzuriteOptions Private { get; } = new() { BlobPort = 0, QueuePort = 0, TablePort = 0 };
}
