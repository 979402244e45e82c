namespace LiveDesk.Tests.EndToEnd.Support;

/// <summary>For tests that count everything the desk does: no other test runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
