using LiveDesk.Tests.Local.Azurite;
using LiveDesk.Tests.Local.DurableTask;
using LiveDesk.Tests.Local.FunctionsWorker;

// xunit runs the tests through the test host. Started as a program, the assembly plays a child process of a test.
return args switch
{
    [] => 0,
    ["azurite"] => await When_the_process_that_started_azurite_is_killed.HoldAzuriteAsync(),
    ["host", .. var options] => await ChildHost.RunAsync(options),
    ["durable-crash", var connection, var round, var point] => await When_the_process_is_killed_at_any_write.RunAsChildAsync(connection, round, point),
    [var role, ..] => throw new ArgumentException($"Unknown role '{role}'."),
};
