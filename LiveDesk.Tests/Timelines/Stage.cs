using System.Net;
using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Timelines;

/// <summary>A desk on which a story is played: its people and channels, and what customers and people do there.</summary>
internal abstract class Stage(Pace pace)
{
    private readonly Dictionary<string, TwilioChannel> _channels = [];
    private readonly Dictionary<string, DeskApi> _people = [];
    private readonly Dictionary<(string Customer, int Number), string> _conversations = [];

    public Pace Pace { get; } = pace;

    protected abstract DeskApi Api { get; }

    protected abstract Simulator Simulator { get; }

    protected abstract DateTimeOffset Now { get; }

    /// <summary>Something is done at a time of the story, and leads to an entry in the customer's timeline.</summary>
    /// <param name="day">From the story's first.</param>
    /// <param name="time">On the clock of the place.</param>
    /// <param name="act">What is done.</param>
    /// <param name="customer">In whose conversation it shows.</param>
    /// <param name="entry">How the entry begins.</param>
    /// <param name="conversation">The customer's how manieth.</param>
    public abstract Task AtAsync(int day, string time, Func<Task> act, Customer customer, string entry, int conversation = 1);

    /// <summary>Nobody does anything until time has led to an entry.</summary>
    public abstract Task UntilAsync(Customer customer, string entry);

    /// <summary>From here on the closed channels may open.</summary>
    public virtual void OutOfHoursIsOver()
    {
    }

    public async Task WritesAsync(Customer customer, string text)
    {
        JsonNode written = await _channels[customer.Channel].CustomerWritesAsync(customer.Number, text);
        Assert.Equal("delivered", (string?)written["webhook"]!["outcome"]);
    }

    public Task RepliesAsync(string person, Customer customer, string text) =>
        DoesAsync(person, customer, "messages", new { text }, HttpStatusCode.Accepted, key: text.Replace(' ', '-'));

    /// <param name="time">Null: until the customer writes.</param>
    public Task SnoozesAsync(string person, Customer customer, TimeSpan? time) =>
        DoesAsync(person, customer, "snooze", time is { } span ? new { until = Now + span } : new { untilReply = true }, HttpStatusCode.OK);

    public Task ClosesAsync(string person, Customer customer, string? category, string? summary) =>
        DoesAsync(person, customer, "close", new { category, summary }, HttpStatusCode.OK);

    public async Task<Outcome> OutcomeAsync() => await Outcome.OfAsync(Api, _channels.Values.First(), Now);

    /// <summary>Ana is at the desk that never closes, Luis at those that open early in the morning, of which one has a machine in front.</summary>
    protected async Task SetUpAsync()
    {
        string ana = await HireAsync("Ana"), luis = await HireAsync("Luis");
        await Api.PostAsync("closing-note-categories", new { name = "Pedidos" }, HttpStatusCode.Created);
        string machine = (string)(await Api.PostAsync("ai-agents", new { name = "Bot", kind = "gpt", model = "gpt-4o-mini", apiKey = "sk-test" }, HttpStatusCode.Created))["id"]!;
        await ConnectAsync("Ventas", "+15550002223", ana, new
        {
            greeting = new { enabled = true, text = "¡Hola! Somos Ventas." },
            businessHours = new { enabled = true, timeZone = "Europe/Madrid", days = WeekOf(new { from = "00:00", to = "24:00" }) },
            csat = new { enabled = true, delay = Pace.SurveyDelay, reminderAfter = Pace.ReminderAfter },
        });
        foreach (Customer customer in Customer.All)
            await Api.PostAsync("contacts", new { name = customer.Name, phoneNumber = customer.Number, language = "es" }, HttpStatusCode.Created);
        object night = Pace.NightHours();
        await ConnectAsync("Almacén", "+15550002221", luis, new { businessHours = night, autoClose = new { after = Pace.AutoCloseAfter } });
        await ConnectAsync("Soporte", "+15550002222", luis, new { businessHours = night, ai = new { enabled = true, aiAgentId = machine } });
    }

    /// <summary>The same hours on all days.</summary>
    protected static Dictionary<string, object> WeekOf(object interval) => Enum.GetValues<DayOfWeek>()
        .ToDictionary(day => day.ToString().ToLowerInvariant(), _ => (object)new { intervals = new[] { interval } });

    /// <summary>Whether the customer's timeline has the entry, and nothing of it is still on its way.</summary>
    protected async Task<bool> ShowsAsync(Customer customer, string entry, int conversation)
    {
        if (await ConversationAsync(customer, conversation) is not { } id) return false;
        IReadOnlyList<JsonNode> messages = await Api.MessagesAsync(id);
        return messages.Any(m => ((string?)m["text"])?.StartsWith(entry, StringComparison.Ordinal) == true)
            && messages.All(m => (string?)m["status"] is not ("queued" or "sending"));
    }

    protected void EndTalks()
    {
        foreach (DeskApi person in _people.Values) person.Dispose();
    }

    private async Task<string> HireAsync(string name)
    {
        string id = await Api.CreateAgentAsync(name);
        _people[name] = await Api.SpeakingForAsync(id);
        return id;
    }

    private async Task ConnectAsync(string name, string number, string agent, object settings)
    {
        TwilioChannel channel = await TwilioChannel.CreateAsync(Api, Simulator, [agent], settings, number: number);
        await channel.SetAsync(new
        {
            webhookRetries = 200, webhookRetryOn = "any", webhookRetryDelay = "PT0.2S", webhookAttemptTimeout = "PT5S", webhookTotalTimeout = "PT4M",
        });
        _channels[name] = channel;
    }

    /// <summary>A client that repeats its request until it is answered.</summary>
    private async Task DoesAsync(string person, Customer customer, string action, object body, HttpStatusCode expected, string? key = null)
    {
        string id = _conversations.Where(c => c.Key.Customer == customer.Name).MaxBy(c => c.Key.Number).Value;
        Answered answer = await Eventually.SeesAsync(
            () => _people[person].CallAsync(HttpMethod.Post, $"conversations/{id}/{action}", body, key: key), a => a.Status is < 500 and > 0,
            $"an answer to {action}", TimeSpan.FromMinutes(2));
        if (answer.Code == "until_passed") throw new MachineTooSlowException();
        Assert.True(answer.Status == (int)expected, $"{action}: {answer.Status} {answer.Body}");
    }

    private async Task<string?> ConversationAsync(Customer customer, int number)
    {
        if (_conversations.TryGetValue((customer.Name, number), out string? known)) return known;
        if ((await Outcome.ConversationsAsync(Api, customer)).ElementAtOrDefault(number - 1) is not { } found) return null;
        return _conversations[(customer.Name, number)] = (string)found["id"]!;
    }
}

/// <summary>Time has run out under a story. That says nothing about the desk.</summary>
internal sealed class MachineTooSlowException : Exception;
