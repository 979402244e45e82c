using Azure.Core.Serialization;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>How the worker behaves.</summary>
public class WorkerOptions
{
    /// <summary>Turns JSON into objects and back, for requests, responses, queue messages and durable payloads.
    /// Default: System.Text.Json with C# names, read without regard to case.</summary>
    public ObjectSerializer? Serializer { get; set; }
}
