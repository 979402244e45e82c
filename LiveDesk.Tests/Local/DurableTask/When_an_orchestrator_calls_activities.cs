using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LiveDesk.Tests.Local.DurableTask;

public sealed class When_an_orchestrator_calls_activities(DurableHostOf<When_an_orchestrator_calls_activities.Functions> host)
    : IClassFixture<DurableHostOf<When_an_orchestrator_calls_activities.Functions>>
{
    private readonly DurableHost _host = host.Running;

    [Fact]
    public async Task Hands_on_input_and_result()
    {
        OrchestrationMetadata done = await _host.RunAsync("Greeting", new Person("Ida", 30));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, done.RuntimeStatus);
        Assert.Equal("Hello Ida, 30", done.ReadOutputAs<string>());
        Assert.Equal(new Person("Ida", 30), done.ReadInputAs<Person>());
    }

    [Fact]
    public async Task Runs_them_side_by_side()
    {
        OrchestrationMetadata done = await _host.RunAsync("FanOut", 20);

        Assert.Equal(Enumerable.Range(0, 20).Sum(i => i * i), done.ReadOutputAs<int>());
    }

    [Fact]
    public async Task Tells_them_the_instance_id()
    {
        OrchestrationMetadata done = await _host.RunAsync("WhoAmI", instance: "an instance/with #odd? characters");

        Assert.Equal("an instance/with #odd? characters", done.ReadOutputAs<string>());
        Assert.Equal("an instance/with #odd? characters", done.InstanceId);
    }

    [Fact]
    public async Task Carries_inputs_and_results_larger_than_a_message()
    {
        string large = new string('ü', 200_000) + "end";

        OrchestrationMetadata done = await _host.RunAsync("Echo", large);

        Assert.Equal(large, done.ReadInputAs<string>());
        Assert.Equal(large + large, done.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Keeps_a_history_of_more_than_a_hundred_events()
    {
        OrchestrationMetadata done = await _host.RunAsync("Chain", 60);

        Assert.Equal(60, done.ReadOutputAs<int>());
    }

    [Fact]
    public async Task Commits_a_step_that_does_not_fit_in_one_transaction()
    {
        OrchestrationMetadata done = await _host.RunAsync("Heavy", 150);

        Assert.Equal(150 * 9_000, done.ReadOutputAs<int>());
    }

    public sealed record Person(string Name, int Age);

    public class Functions
    {
        [Function("Greeting")]
        public static async Task<string> Greeting([OrchestrationTrigger] TaskOrchestrationContext context, Person input) =>
            await context.CallActivityAsync<string>("Greet", input);

        [Function("Greet")]
        public static string Greet([ActivityTrigger] Person person) => $"Hello {person.Name}, {person.Age}";

        [Function("FanOut")]
        public static async Task<int> FanOut([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            IEnumerable<Task<int>> calls = Enumerable.Range(0, context.GetInput<int>()).Select(i => context.CallActivityAsync<int>("Square", i));
            return (await Task.WhenAll(calls)).Sum();
        }

        [Function("Square")]
        public static Task<int> Square([ActivityTrigger] int number) => Task.FromResult(number * number);

        [Function("WhoAmI")]
        public static async Task<string> WhoAmI([OrchestrationTrigger] TaskOrchestrationContext context) =>
            await context.CallActivityAsync<string>("Owner", "ignored");

        [Function("Owner")]
        public static string Owner([ActivityTrigger] string input, string instanceId, FunctionContext context) =>
            context.FunctionDefinition.Name == "Owner" ? instanceId : input;

        [Function("Echo")]
        public static async Task<string> Echo([OrchestrationTrigger] TaskOrchestrationContext context, string input) =>
            await context.CallActivityAsync<string>("Twice", input);

        [Function("Twice")]
        public static string Twice([ActivityTrigger] string text) => text + text;

        [Function("Chain")]
        public static async Task<int> Chain([OrchestrationTrigger] TaskOrchestrationContext context, int input)
        {
            int sum = 0;
            for (int i = 0; i < input; i++) sum = await context.CallActivityAsync<int>("Increment", sum);
            return sum;
        }

        [Function("Increment")]
        public static int Increment([ActivityTrigger] int number) => number + 1;

        [Function("Heavy")]
        public static async Task<int> Heavy([OrchestrationTrigger] TaskOrchestrationContext context, int input)
        {
            string text = new('x', 9_000);
            return (await Task.WhenAll(Enumerable.Range(0, input).Select(_ => context.CallActivityAsync<int>("Length", text)))).Sum();
        }

        [Function("Length")]
        public static int Length([ActivityTrigger] string text) => text.Length;
    }
}
