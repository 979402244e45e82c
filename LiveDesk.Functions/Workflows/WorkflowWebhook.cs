using System.Net.Http.Headers;
using System.Text.Json;
using LiveDesk.Domain.Workflows;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Security;

namespace LiveDesk.Functions.Workflows;

/// <summary>Posts a workflow's step to another system; private addresses are refused. The header <c>Idempotency-Key</c> stays the same when it is tried again.</summary>
internal sealed class WorkflowWebhook(GuardedHttp http, TimeProvider time) : IWorkflowWebhook
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public async Task<string?> PostAsync(Uri url, WorkflowRun run, string key, CancellationToken cancellationToken)
    {
        if (url.Scheme != Uri.UriSchemeHttps && !http.IsAllowedPrivate(url)) return "address_not_encrypted";
        using var patience = new CancellationTokenSource(Patience, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(
            new { workflowId = run.WorkflowId, runId = run.Id, run.Event, contactId = run.Contact, conversationId = run.Conversation }, DomainJson.Options);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("Idempotency-Key", key);
        try
        {
            using HttpResponseMessage answer = await http.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            // What may pass is tried again by the orchestration.
            if ((int)answer.StatusCode is 429 or >= 500) answer.EnsureSuccessStatusCode();
            return answer.IsSuccessStatusCode ? null : $"http_{(int)answer.StatusCode}";
        }
        catch (HttpRequestException e) when (e is { InnerException: PrivateAddressException })
        {
            return "address_refused";
        }
    }
}
