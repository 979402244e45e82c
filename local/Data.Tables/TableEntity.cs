using System.Collections;

namespace Azure.Data.Tables;

/// <summary>An entity as a dictionary of its properties, keys included.</summary>
/// <remarks>The getters return null for a missing property and throw <see cref="InvalidOperationException"/> for one of another type.</remarks>
public sealed class TableEntity : ITableEntity, IDictionary<string, object?>
{
    private readonly Dictionary<string, object?> _properties;

    /// <summary>An entity without properties.</summary>
    public TableEntity() => _properties = [];

    /// <summary>An entity with its keys.</summary>
    public TableEntity(string partitionKey, string rowKey)
        : this() => (PartitionKey, RowKey) = (partitionKey, rowKey);

    /// <summary>An entity with a copy of these properties.</summary>
    public TableEntity(IDictionary<string, object?> values) => _properties = new Dictionary<string, object?>(values);

    /// <inheritdoc/>
    public string PartitionKey
    {
        get => GetString(PropertyNames.PartitionKey)!;
        set => _properties[PropertyNames.PartitionKey] = value;
    }

    /// <inheritdoc/>
    public string RowKey
    {
        get => GetString(PropertyNames.RowKey)!;
        set => _properties[PropertyNames.RowKey] = value;
    }

    /// <inheritdoc/>
    public DateTimeOffset? Timestamp
    {
        get => GetDateTimeOffset(PropertyNames.Timestamp);
        set => _properties[PropertyNames.Timestamp] = value;
    }

    /// <inheritdoc/>
    public ETag ETag
    {
        get => GetString(PropertyNames.ODataETag) is { } text ? new ETag(text) : default;
        set => _properties[PropertyNames.ODataETag] = value.ToString();
    }

    /// <inheritdoc/>
    public int Count => _properties.Count;

    /// <inheritdoc/>
    public ICollection<string> Keys => _properties.Keys;

    ICollection<object?> IDictionary<string, object?>.Values => _properties.Values;

    bool ICollection<KeyValuePair<string, object?>>.IsReadOnly => false;

    /// <summary>A property; null if it is missing. A number keeps its wider type when a narrower one is assigned.</summary>
    public object? this[string key]
    {
        get => _properties.GetValueOrDefault(key);
        set => _properties[key] = value is not null && this[key] is { } old ? KeepType(key, old, value) : value;
    }

    /// <summary>A text.</summary>
    public string? GetString(string key) => this[key] is { } value ? As<string>(key, value) : null;

    /// <summary>Bytes, as an array.</summary>
    public byte[]? GetBinary(string key) => this[key] switch
    {
        null => null,
        BinaryData data => data.ToArray(),
        var value => As<byte[]>(key, value),
    };

    /// <summary>Bytes.</summary>
    public BinaryData? GetBinaryData(string key) => this[key] switch
    {
        null => null,
        byte[] bytes => BinaryData.FromBytes(bytes),
        var value => As<BinaryData>(key, value),
    };

    /// <summary>A truth value.</summary>
    public bool? GetBoolean(string key) => Get<bool>(key);

    /// <summary>An instant in UTC.</summary>
    public DateTime? GetDateTime(string key) => this[key] is DateTimeOffset instant ? instant.UtcDateTime : Get<DateTime>(key);

    /// <summary>An instant.</summary>
    public DateTimeOffset? GetDateTimeOffset(string key) => this[key] is DateTime instant ? new DateTimeOffset(instant) : Get<DateTimeOffset>(key);

    /// <summary>A floating-point number.</summary>
    public double? GetDouble(string key) => Get<double>(key);

    /// <summary>A GUID.</summary>
    public Guid? GetGuid(string key) => Get<Guid>(key);

    /// <summary>A 32-bit integer.</summary>
    public int? GetInt32(string key) => Get<int>(key);

    /// <summary>A 64-bit integer.</summary>
    public long? GetInt64(string key) => Get<long>(key);

    /// <inheritdoc/>
    public void Add(string key, object? value) => _properties.Add(key, value);

    /// <inheritdoc/>
    public void Clear() => _properties.Clear();

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _properties.ContainsKey(key);

    /// <inheritdoc/>
    public bool Remove(string key) => _properties.Remove(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, out object? value) => _properties.TryGetValue(key, out value);

    void ICollection<KeyValuePair<string, object?>>.Add(KeyValuePair<string, object?> item) => _properties.Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, object?>>.Contains(KeyValuePair<string, object?> item) => _properties.Contains(item);

    void ICollection<KeyValuePair<string, object?>>.CopyTo(KeyValuePair<string, object?>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object?>>)_properties).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object?>>.Remove(KeyValuePair<string, object?> item) =>
        ((ICollection<KeyValuePair<string, object?>>)_properties).Remove(item);

    IEnumerator<KeyValuePair<string, object?>> IEnumerable<KeyValuePair<string, object?>>.GetEnumerator() => _properties.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _properties.GetEnumerator();

    private T? Get<T>(string key)
        where T : struct => this[key] is { } value ? As<T>(key, value) : null;

    private static T As<T>(string key, object value) =>
        value is T typed ? typed : throw new InvalidOperationException($"Property '{key}' is a {value.GetType()}, not a {typeof(T)}.");

    private static object KeepType(string key, object old, object value) => (old, value) switch
    {
        _ when old.GetType().IsInstanceOfType(value) => value,
        (int, double or long) => value,
        (double, int number) => (double)number,
        (long, int number) => (long)number,
        _ => throw new InvalidOperationException($"Property '{key}' is a {old.GetType()} and cannot become a {value.GetType()}."),
    };
}
