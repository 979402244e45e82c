using System.Runtime.Serialization;
using Azure;
using Azure.Data.Tables;

namespace LiveDesk.Tests.Local.DataTables;

public enum ParcelState
{
    Packed,
    Sent,
}

/// <summary>An entity class with a property of each type that a table can hold.</summary>
public sealed class Parcel : ITableEntity
{
    public string PartitionKey { get; set; } = "p";

    public string RowKey { get; set; } = "r";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    public string? Label { get; set; }

    public bool Fragile { get; set; }

    public int Count { get; set; }

    public long Grams { get; set; }

    public double Litres { get; set; }

    public Guid Tracking { get; set; }

    public DateTimeOffset SentAt { get; set; }

    public DateTime DueAt { get; set; } = DateTime.UnixEpoch;

    public byte[]? Picture { get; set; }

    public BinaryData? Sound { get; set; }

    public ParcelState State { get; set; }

    public ParcelState? Next { get; set; }

    public int? Floor { get; set; }

    public long? Insured { get; set; }

    public DateTimeOffset? DeliveredAt { get; set; }

    [DataMember(Name = "receiver_name")]
    public string? Receiver { get; set; }

    [IgnoreDataMember]
    public string? Note { get; set; }

    public string Summary => $"{Count} x {Label}";
}
