using System.Collections.Frozen;
using NodaTime;

namespace LiveDesk.Domain.BusinessHours;

/// <summary>The names of the days in settings.</summary>
internal static class Weekdays
{
    public static readonly FrozenDictionary<string, IsoDayOfWeek> All = new Dictionary<string, IsoDayOfWeek>
    {
        ["monday"] = IsoDayOfWeek.Monday,
        ["tuesday"] = IsoDayOfWeek.Tuesday,
        ["wednesday"] = IsoDayOfWeek.Wednesday,
        ["thursday"] = IsoDayOfWeek.Thursday,
        ["friday"] = IsoDayOfWeek.Friday,
        ["saturday"] = IsoDayOfWeek.Saturday,
        ["sunday"] = IsoDayOfWeek.Sunday,
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
