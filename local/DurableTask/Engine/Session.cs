using Azure;

namespace LiveDesk.Local.Durable;

/// <summary>
/// An instance in memory. Only the worker of its inbox changes it; whether it is still true is told by the ETag at the next commit.
/// </summary>
internal sealed class Session
{
    // A step of an execution that begins anew remembers this many earlier messages, whose late copies may still come.
    private const int RememberedAcrossExecutions = 50;

    private readonly Dictionary<string, int> _consumed = new(StringComparer.Ordinal);
    private readonly Dictionary<int, HistoryEvent> _open = [];
    private readonly HashSet<int> _sent = [];
    private readonly List<Episode> _episodes = [];
    private readonly List<string> _keys = [];
    private readonly List<string> _obsolete = [];
    private int _knownSentFrom;

    private Session(string instance) => Instance = instance;

    public string Instance { get; }

    /// <summary>The row as it was last written or read; null if there is none yet.</summary>
    public InstanceRecord? Record { get; private set; }

    public ETag? ETag { get; private set; }

    public IReadOnlyList<Episode> Episodes => _episodes;

    /// <summary>History rows to delete with the next commit.</summary>
    public IReadOnlyList<string> Obsolete => _obsolete;

    /// <summary>The running code, once it is needed.</summary>
    public OrchestratorExecutor? Executor { get; set; }

    /// <summary>Whether the start of the execution is in the history.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>Scheduled tasks that are not answered, by number.</summary>
    public IReadOnlyDictionary<int, HistoryEvent> OpenTasks => _open;

    public DateTimeOffset LastUsed { get; set; }

    public static Session Of(string instance, StoredHistory? stored)
    {
        var session = new Session(instance);
        if (stored is null)
            return session;
        session.Record = stored.Instance.Record;
        session.ETag = stored.Instance.ETag;
        session._keys.AddRange(stored.Keys);
        session._obsolete.AddRange(stored.Obsolete);
        foreach (Episode episode in stored.Episodes)
            session.Remember(episode);
        session._knownSentFrom = stored.Episodes.Count;
        return session;
    }

    /// <summary>An instance that was just created by this process, so that nothing needs to be read.</summary>
    public static Session OfNew(StoredInstance created) =>
        new(created.Record.Instance) { Record = created.Record, ETag = created.ETag };

    /// <summary>The step that took this message in, if one did.</summary>
    public int? ConsumedIn(string messageId) => _consumed.TryGetValue(messageId, out int episode) ? episode : null;

    /// <summary>
    /// Whether the messages of a step are known to be in their queues. After a restart they are not: the process may have died
    /// between commit and sending, and a message that the step took in comes again.
    /// </summary>
    public bool IsKnownSent(int episode) => episode >= _knownSentFrom || _sent.Contains(episode);

    public void MarkSent(int episode) => _sent.Add(episode);

    /// <summary>Stops counting a task as open: nobody waits for it any more.</summary>
    public void Close(int task) => _open.Remove(task);

    /// <summary>Ids to remember when the execution begins anew.</summary>
    public IEnumerable<string> RecentlyConsumed => _episodes.SelectMany(e => e.Consumed).TakeLast(RememberedAcrossExecutions);

    /// <summary>Every history row, for when the execution begins anew.</summary>
    public IReadOnlyList<string> AllKeys => [.. _keys, .. _obsolete];

    /// <summary>Takes over what was committed.</summary>
    public void Committed(StoredInstance row, Episode episode, IReadOnlyList<string> keys, IEnumerable<string> stillObsolete)
    {
        if (Record is not null && Record.Epoch != row.Record.Epoch)
            Forget();
        Record = row.Record;
        ETag = row.ETag;
        _keys.AddRange(keys);
        string[] rest = [.. stillObsolete];
        _obsolete.Clear();
        _obsolete.AddRange(rest);
        Remember(episode);
    }

    private void Forget()
    {
        _episodes.Clear();
        _consumed.Clear();
        _open.Clear();
        _sent.Clear();
        _keys.Clear();
        HasStarted = false;
        _knownSentFrom = 0;
    }

    private void Remember(Episode episode)
    {
        _episodes.Add(episode);
        foreach (string id in episode.Consumed)
            _consumed[id] = episode.Number;
        foreach (HistoryEvent e in episode.Events)
        {
            if (e.OpensTask) _open[e.Task] = e;
            else if (e.ClosesTask) _open.Remove(e.Task);
            HasStarted |= e.Kind == EventKind.ExecutionStarted;
        }
    }
}
