using System.Collections.Concurrent;
using System.Net;
using System.Text;
using LiveDesk.Domain.Assignment;
using LiveDesk.Tests.EndToEnd.Hostile;
using LiveDesk.Tests.EndToEnd.Support;

namespace LiveDesk.Tests.EndToEnd;

/// <summary>Every endpoint by every role. Ids that belong to nothing stand in every path, so that nothing happens to whoever is let in.</summary>
public sealed class When_callers_have_different_roles
{
    /// <summary>Who may do what, written down a second time on purpose.</summary>
    private static readonly (Role Minimum, string[] Functions)[] Table =
    [
        (Role.Admin,
        [
            "CreateAgent", "ChangeAgent", "DeleteAgent", "CreateAgentKey", "CreateChannel", "ChangeChannel", "DeleteChannel", "VerifyChannel", "RotateChannelToken",
            "AddChannelMember", "RemoveChannelMember", "CreateTeam", "ChangeTeam", "DeleteTeam", "CreateAiAgent", "ChangeAiAgent", "DeleteAiAgent",
            "CreateRoutingRule", "ChangeRoutingRule", "DeleteRoutingRule", "CreateWorkflow", "ChangeWorkflow", "DeleteWorkflow", "CreateApiKey", "ListApiKeys",
            "GetApiKey", "ChangeApiKey", "DeleteApiKey", "ListAudit", "DeleteContact", "ExportContact",
        ]),
        (Role.Supervisor,
        [
            "CreateSnippet", "ChangeSnippet", "DeleteSnippet", "CreateClosingNoteCategory", "ChangeClosingNoteCategory", "DeleteClosingNoteCategory",
            "CreateView", "ChangeView", "DeleteView",
        ]),
        (Role.Agent,
        [
            "GetMe", "ListAgents", "GetAgent", "SetPresence", "ListChannels", "GetChannel", "ListTeams", "GetTeam", "ListAiAgents", "GetAiAgent", "ListRoutingRules",
            "GetRoutingRule", "ListWorkflows", "GetWorkflow", "ListSnippets", "GetSnippet", "ListClosingNoteCategories", "GetClosingNoteCategory", "ListContacts",
            "CreateContact", "GetContact", "ChangeContact", "BlockContact", "UnblockContact", "ListContactConversations", "SearchContactMessages", "ListViews", "GetView", "CreateAttachment", "GetAttachment",
            "CreateVoiceNote", "GetVoiceNote", "DeleteVoiceNote", "ListConversations", "GetConversation", "CreateConversation", "ListMessages", "CreateMessage",
        ]),
    ];

    [Fact]
    public void Each_operation_asks_for_the_role_that_was_meant()
    {
        var meant = Table.SelectMany(t => t.Functions.Select(f => (f, t.Minimum))).ToDictionary(t => t.f, t => t.Minimum);
        Assert.Empty(meant.Keys.Except(ApiOperation.All.Select(o => o.Function)));
        Assert.All(ApiOperation.All.Where(o => meant.ContainsKey(o.Function)), o => Assert.Equal((o.Function, meant[o.Function]), (o.Function, o.MinimumRole)));
    }

    [Fact]
    public async Task Lets_in_whom_it_should_and_nobody_else()
    {
        await using Desk desk = await Desk.StartAsync();
        var keys = new Dictionary<Role, string>();
        foreach (Role role in Enum.GetValues<Role>())
        {
            Answered key = await desk.Api.CallAsync(HttpMethod.Post, "api-keys", new { name = $"{role}", role = $"{role}".ToLowerInvariant() });
            keys[role] = $"Bearer {(string)key.Body!["key"]!}";
        }
        var faults = new ConcurrentQueue<string>();
        using var http = new HttpClient { BaseAddress = desk.Settings.BaseUrl };
        async Task ExpectAsync(ApiOperation operation, string workspace, string? key, string who, Func<HttpStatusCode, bool> wanted)
        {
            using var request = new HttpRequestMessage(operation.Method, operation.Path(new Dictionary<string, string> { ["ws"] = workspace }));
            if (key is not null) request.Headers.TryAddWithoutValidation("Authorization", key);
            if (operation.Method != HttpMethod.Get) request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await http.SendAsync(request);
            if (!wanted(answer.StatusCode)) faults.Enqueue($"{operation.Function} by {who}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
        await Parallel.ForEachAsync(ApiOperation.All, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (operation, _) =>
        {
            await ExpectAsync(operation, "main", null, "nobody", s => s == HttpStatusCode.Unauthorized);
            await ExpectAsync(operation, "other", $"Bearer {DeskSettings.AdminKey}", "the admin of another workspace", s => s == HttpStatusCode.NotFound);
            foreach ((Role role, string key) in keys)
                await ExpectAsync(
                    operation, "main", key, $"{role}",
                    s => role < operation.MinimumRole ? s == HttpStatusCode.Forbidden : s is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) && (int)s < 500);
        });
        Assert.True(faults.IsEmpty, string.Join('\n', faults));
    }
}
