using System.Globalization;
using Azure;

using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LiveDesk.Local.Durable;

/// <summary>The client of the local hub.</summary>
internal sealed class HubClient(
    Hub hub, MessageBus bus, SessionCache sessions, InstanceSignals signals, DataConverter converter, TimeProvider time) : DurableTaskClient("default")
{
    private static readonly OrchestrationRuntimeStatus[] Unfinished =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended, OrchestrationRuntimeStatus.ContinuedAsNew];

    // Another host may be the one that changes the instance; then only looking tells.
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Where the host is reached, for management URLs without a request.</summary>
    public Uri? BaseUrl { get; set; }

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        string instance = options?.InstanceId ?? Guid.NewGuid().ToString("N");
        await hub.EnsureCreatedAsync();
        DateTimeOffset now = time.GetUtcNow();
        Payload payload = await hub.Payloads.KeepAsync(instance, converter.Serialize(input), cancellation);
        var start = new Message(Message.NewId(), MessageKind.Start, instance)
        {
            Name = orchestratorName,
            Data = payload.Blob is null ? payload.Text : null,
            Blob = payload.Blob,
            CreatedAt = now,
            DueAt = options?.StartAt > now ? options.StartAt.Value.ToUniversalTime() : null,
            Tags = options is { Tags.Count: > 0 } ? options.Tags : null,
        };
        // The message first: if the process dies between the two, the instance still runs. It is not handed over before the row
        // is there, and taken back if the row refuses.
        MessageBus.Sent sent = await bus.PutAsync(start, cancellation);
        try
        {
            if (await WriteRowAsync(RowOf(start, payload), DedupeStatuses(options), cancellation) is { } written)
                sessions.Replace(Session.OfNew(written));
        }
        catch
        {
            await sent.TakeBackAsync();
            throw;
        }
        sent.HandOver();
        return instance;
    }

    public override async Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        await hub.EnsureCreatedAsync();
        InstanceRecord record = await FindRunningAsync(instanceId, cancellation);
        if (record.IsOver)
            throw new InvalidOperationException(
                $"Cannot raise event {eventName} for orchestration instance {instanceId} because instance is in {record.Status} state.");
        await SendAsync(MessageKind.RaiseEvent, instanceId, converter.Serialize(eventPayload), cancellation, eventName);
    }

    public override async Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        await SteerAsync(MessageKind.Terminate, instanceId, converter.Serialize(options?.Output), options?.Recursive ?? false, cancellation);

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SteerAsync(MessageKind.Suspend, instanceId, reason, false, cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SteerAsync(MessageKind.Resume, instanceId, reason, false, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, record => record.Status != OrchestrationRuntimeStatus.Pending, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, record => record.IsOver, getInputsAndOutputs, cancellation);

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        await hub.EnsureCreatedAsync();
        StoredInstance? found = await hub.Instances.ReadRowAsync(instanceId, cancellation);
        return found is null ? null : await DescribeAsync(found.Record, getInputsAndOutputs, cancellation);
    }

    public override Microsoft.DurableTask.AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        OrchestrationQuery query = filter ?? new OrchestrationQuery();
        return Pageable.Create(async (token, size, cancellation) =>
        {
            await hub.EnsureCreatedAsync();
            var (rows, next) = await hub.Instances.ListAsync(
                InstanceFilter.Of(query), Math.Clamp(size ?? query.PageSize, 1, 1000), token ?? query.ContinuationToken, cancellation);
            var page = new List<OrchestrationMetadata>(rows.Count);
            foreach (InstanceRecord row in rows)
                page.Add(await DescribeAsync(row, query.FetchInputsAndOutputs, cancellation));
            return new Microsoft.DurableTask.Page<OrchestrationMetadata>(page, next);
        });
    }

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        await hub.EnsureCreatedAsync();
        return new PurgeResult(await PurgeAsync(instanceId, options?.Recursive ?? false, cancellation));
    }

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await hub.EnsureCreatedAsync();
        OrchestrationRuntimeStatus[] statuses = [.. filter.Statuses ?? InstanceFilter.Ended];
        var query = new OrchestrationQuery(filter.CreatedFrom, filter.CreatedTo, statuses.Intersect(InstanceFilter.Ended));
        long began = time.GetTimestamp();
        int purged = 0;
        // A page at a time from the beginning: what was listed is gone when the next page is read.
        while (query.Statuses!.Any())
        {
            if (filter.Timeout is { } limit && time.GetElapsedTime(began) > limit)
                return new PurgeResult(purged, false);
            var (rows, _) = await hub.Instances.ListAsync(InstanceFilter.Of(query), query.PageSize, null, cancellation);
            int before = purged;
            foreach (InstanceRecord row in rows)
                purged += await PurgeAsync(row.Instance, options?.Recursive ?? false, cancellation);
            if (purged == before)
                break;
        }
        return new PurgeResult(purged, true);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static OrchestrationRuntimeStatus[] DedupeStatuses(StartOrchestrationOptions? options) => options?.DedupeStatuses is not { } names
        ? Unfinished
        : [.. names.Select(name => Enum.TryParse(name, ignoreCase: true, out OrchestrationRuntimeStatus status)
            ? status : throw new ArgumentException($"Invalid orchestration runtime status: '{name}' for deduplication."))];

    private static InstanceRecord RowOf(Message start, Payload input) => new()
    {
        Instance = start.Instance,
        Name = start.Name!,
        StartId = start.Id,
        Execution = Message.NewId(),
        CreatedAt = start.CreatedAt!.Value,
        UpdatedAt = start.CreatedAt.Value,
        Input = input,
        Tags = start.Tags,
        HasBlobs = input.Blob is not null,
    };

    /// <summary>Writes the row of a new run; null if the engine was faster and has written it already.</summary>
    private async Task<StoredInstance?> WriteRowAsync(
        InstanceRecord record, OrchestrationRuntimeStatus[] refused, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await hub.Instances.InsertAsync(record, cancellation);
            }
            catch (RequestFailedException e) when (e.Status == 409)
            {
                if (await hub.Instances.ReadRowAsync(record.Instance, cancellation) is not { } existing)
                    continue;
                if (existing.Record.StartId == record.StartId)
                    return null;
                if (refused.Contains(existing.Record.Status))
                    throw new OrchestrationAlreadyExistsException($"An Orchestration instance with the ID {record.Instance} already exists.", e);
                if (await TryReplaceAsync(record, existing, cancellation) is { } replaced)
                    return replaced;
            }
        }
    }

    private async Task<StoredInstance?> TryReplaceAsync(InstanceRecord record, StoredInstance existing, CancellationToken cancellation)
    {
        try
        {
            InstanceRecord old = existing.Record;
            return await hub.Instances.ReplaceAsync(
                record with
                {
                    Epoch = old.Epoch + 1,
                    PastStarts = [.. old.PastStarts.Append(old.StartId).TakeLast(10)],
                    HasBlobs = record.HasBlobs || old.HasBlobs,
                },
                existing.ETag, cancellation);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return null;
        }
    }

    // Reading the whole instance costs no more than its row, and the event's step will need it.
    private async Task<InstanceRecord> FindRunningAsync(string instance, CancellationToken cancellation)
    {
        Session? session = sessions.Find(instance);
        if (session?.Record is null || session.Record.IsOver)
        {
            StoredHistory? stored = await hub.Instances.ReadAsync(instance, cancellation);
            if (stored is null)
                throw new ArgumentException($"No instance with ID '{instance}' was found.", nameof(instance));
            session = Session.Of(instance, stored);
            if (!session.Record!.IsOver) session = sessions.Keep(session);
        }
        return session.Record!;
    }

    private async Task SteerAsync(MessageKind kind, string instance, string? data, bool recursive, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instance);
        await hub.EnsureCreatedAsync();
        InstanceRecord record = await FindRunningAsync(instance, cancellation);
        if (record.IsOver)
            throw new InvalidOperationException($"Cannot {kind.ToString().ToLowerInvariant()} the orchestration instance {instance} because it is {record.Status}.");
        await SendAsync(kind, instance, data, cancellation, recursive: recursive);
    }

    private async Task SendAsync(
        MessageKind kind, string instance, string? data, CancellationToken cancellation, string? name = null, bool recursive = false)
    {
        Payload payload = await hub.Payloads.KeepAsync(instance, data, cancellation);
        await bus.SendAsync(
            new Message(Message.NewId(), kind, instance)
            {
                Name = name, Data = payload.Blob is null ? payload.Text : null, Blob = payload.Blob, Recursive = recursive,
            },
            cancellation);
    }

    private async Task<OrchestrationMetadata> WaitAsync(
        string instance, Func<InstanceRecord, bool> reached, bool withData, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instance);
        await hub.EnsureCreatedAsync();
        for (TimeSpan pause = FirstLook; ; pause = pause * 2 > LongestPause ? LongestPause : pause * 2)
        {
            Task change = signals.NextChange(instance);
            StoredInstance? found = await hub.Instances.ReadRowAsync(instance, cancellation);
            if (found is not null && reached(found.Record))
                return await DescribeAsync(found.Record, withData, cancellation);
            await change.WaitAsync(pause, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private async Task<OrchestrationMetadata> DescribeAsync(InstanceRecord record, bool withData, CancellationToken cancellation) =>
        new(record.Name, record.Instance)
        {
            DataConverter = converter,
            RuntimeStatus = record.Status,
            CreatedAt = record.CreatedAt,
            LastUpdatedAt = record.UpdatedAt,
            Tags = record.Tags ?? new Dictionary<string, string>(),
            SerializedInput = withData ? await hub.Payloads.ReadAsync(record.Input, cancellation) : null,
            SerializedOutput = withData ? await hub.Payloads.ReadAsync(record.Output, cancellation) : null,
            SerializedCustomStatus = withData ? await hub.Payloads.ReadAsync(record.CustomStatus, cancellation) : null,
            FailureDetails = withData ? record.Failure : null,
        };

    private async Task<int> PurgeAsync(string instance, bool recursive, CancellationToken cancellation)
    {
        if (await hub.Instances.ReadAsync(instance, cancellation) is not { } stored || !stored.Instance.Record.IsOver)
            return 0;
        int purged = 1;
        if (recursive)
            foreach (HistoryEvent sub in stored.Episodes.SelectMany(e => e.Events).Where(e => e.Kind == EventKind.SubOrchestrationCreated))
                purged += await PurgeAsync(sub.Instance!, true, cancellation);
        if (stored.Instance.Record.HasBlobs)
            await hub.Payloads.DeleteAllAsync(instance, cancellation);
        await hub.Instances.DeleteAsync(instance, stored, cancellation);
        sessions.Drop(instance);
        return purged;
    }
}
