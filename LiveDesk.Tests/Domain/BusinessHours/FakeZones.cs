using System.Collections.ObjectModel;
using NodaTime;
using NodaTime.TimeZones;

namespace LiveDesk.Tests.Domain.BusinessHours;

/// <summary>Zones that no country has.</summary>
internal sealed class FakeZones(params DateTimeZone[] zones) : IDateTimeZoneProvider
{
    public string VersionId => "fake";

    public ReadOnlyCollection<string> Ids => zones.Select(zone => zone.Id).ToList().AsReadOnly();

    public DateTimeZone this[string id] => GetZoneOrNull(id) ?? throw new DateTimeZoneNotFoundException(id);

    public DateTimeZone GetSystemDefault() => throw new NotSupportedException();

    public DateTimeZone? GetZoneOrNull(string id) => zones.FirstOrDefault(zone => zone.Id == id);
}

/// <summary>A zone that turns its clock once.</summary>
internal sealed class OneTurnZone(string id, Instant turn, Offset before, Offset after)
    : DateTimeZone(id, isFixed: false, Offset.Min(before, after), Offset.Max(before, after))
{
    private readonly ZoneInterval _before = new("before", null, turn, before, Offset.Zero);
    private readonly ZoneInterval _after = new("after", turn, null, after, Offset.Zero);

    public override ZoneInterval GetZoneInterval(Instant instant) => _before.Contains(instant) ? _before : _after;
}
