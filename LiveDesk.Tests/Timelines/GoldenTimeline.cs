using LiveDesk.Tests.Deployment;

namespace LiveDesk.Tests.Timelines;

/// <summary>
/// What a story must come to: <c>Fixtures/Timelines/{name}.txt</c>, read and checked by a person. After a change that is meant,
/// <c>LIVEDESK_RECORD_TIMELINES=1 dotnet test --filter When_a_conversation_lives_through_its_timeline</c> writes it anew; read the difference line by line.
/// </summary>
internal static class GoldenTimeline
{
    private const string Folder = "LiveDesk.Tests/Fixtures/Timelines";

    public static string Read(string name) => Repository.Read($"{Folder}/{name}.txt");

    public static void Check(string name, string outcome)
    {
        if (Environment.GetEnvironmentVariable("LIVEDESK_RECORD_TIMELINES") is { Length: > 0 })
            File.WriteAllText(Path.Combine(Repository.Root, Folder, $"{name}.txt"), outcome);
        Assert.Equal(Read(name), outcome);
    }
}
