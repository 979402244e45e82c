using LiveDesk.Tests.EndToEnd;
using LiveDesk.Tests.Local.DurableTask;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("LiveDesk.Tests.Support.LongestFirst", "LiveDesk.Tests")]

namespace LiveDesk.Tests.Support;

/// <summary>
/// Classes that take more than a minute begin first, so that no processor is idle while the last of them runs; those that start one process after the
/// other not all at once.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
    [
        .. new[]
        {
            typeof(When_the_desk_is_killed_under_load),
            typeof(When_an_AI_agent_holds_a_conversation),
            typeof(When_a_conversation_lives_through_its_timeline),
            typeof(When_a_conversation_lives_through_its_timeline_killed_in_mid_step),
            typeof(When_a_customer_opens_the_survey_page),
            typeof(When_a_conversation_lives_through_its_timeline_killed_between_its_steps),
            typeof(When_a_conversation_lives_through_its_timeline_on_the_real_app),
            typeof(When_the_process_is_killed_at_any_write),
        }.Select(type => type.FullName!),
    ];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections.OrderBy(Place);

    private static int Place(ITestCollection collection)
    {
        int place = Array.FindIndex(Long, name => collection.DisplayName.EndsWith(name, StringComparison.Ordinal));
        return place < 0 ? Long.Length : place;
    }
}
