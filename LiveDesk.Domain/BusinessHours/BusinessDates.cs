using NodaTime;

namespace LiveDesk.Domain.BusinessHours;

/// <summary>
/// The dates worth looking at when searching for the next or the last business hours: as many days in a row as it takes to see each
/// business weekday as it normally is, then only the dates with exceptions. So a search ends, however many holidays there are.
/// </summary>
/// <param name="weekdays">Weekdays with hours.</param>
/// <param name="exceptions">In ascending order.</param>
internal sealed class BusinessDates(IReadOnlyList<IsoDayOfWeek> weekdays, LocalDate[] exceptions)
{
    /// <summary>Days before an instant's UTC date on which hours can start that still run then: two midnights and the widest offset.</summary>
    public const int Reach = 3;

    // Once may be before the instant, once may be inside an hour that the clock skips.
    private const int LooksPerWeekday = 3;

    public IEnumerable<LocalDate> From(LocalDate first) => Search(first, 1);

    public IEnumerable<LocalDate> Back(LocalDate last) => Search(last, -1);

    private IEnumerable<LocalDate> Search(LocalDate date, int step)
    {
        Dictionary<IsoDayOfWeek, int> looks = weekdays.ToDictionary(day => day, _ => LooksPerWeekday);
        while (looks.Count > 0)
        {
            yield return date;
            if (looks.TryGetValue(date.DayOfWeek, out int left) && Array.BinarySearch(exceptions, date) < 0)
            {
                if (left == 1) looks.Remove(date.DayOfWeek);
                else looks[date.DayOfWeek] = left - 1;
            }

            date = date.PlusDays(step);
        }

        IEnumerable<LocalDate> rest = step > 0 ? exceptions.Where(e => e >= date) : exceptions.Where(e => e <= date).Reverse();
        foreach (LocalDate exception in rest) yield return exception;
    }
}
