using System.Net;
using Azure.Core.Serialization;
using LiveDesk.Local.Durable;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Answers that tell where an instance is managed over HTTP. The local host does not serve these URLs.</summary>
public static class DurableTaskClientExtensions
{
    /// <inheritdoc cref="CreateCheckStatusResponseAsync(DurableTaskClient, HttpRequestData, string, HttpStatusCode, CancellationToken)"/>
    public static Task<HttpResponseData> CreateCheckStatusResponseAsync(
        this DurableTaskClient client, HttpRequestData request, string instanceId, CancellationToken cancellation = default) =>
        client.CreateCheckStatusResponseAsync(request, instanceId, HttpStatusCode.Accepted, cancellation);

    /// <summary>A response with the management URLs as JSON and the status URL as its Location; 202 unless told otherwise.</summary>
    public static async Task<HttpResponseData> CreateCheckStatusResponseAsync(
        this DurableTaskClient client, HttpRequestData request, string instanceId, HttpStatusCode statusCode, CancellationToken cancellation = default)
    {
        HttpResponseData response = Begin(client, request, instanceId, statusCode, out HttpManagementPayload payload);
        await Serializer(response).SerializeAsync(response.Body, payload, typeof(HttpManagementPayload), cancellation);
        return response;
    }

    /// <inheritdoc cref="CreateCheckStatusResponseAsync(DurableTaskClient, HttpRequestData, string, HttpStatusCode, CancellationToken)"/>
    public static HttpResponseData CreateCheckStatusResponse(
        this DurableTaskClient client, HttpRequestData request, string instanceId, CancellationToken cancellation = default) =>
        client.CreateCheckStatusResponse(request, instanceId, HttpStatusCode.Accepted, cancellation);

    /// <inheritdoc cref="CreateCheckStatusResponseAsync(DurableTaskClient, HttpRequestData, string, HttpStatusCode, CancellationToken)"/>
    public static HttpResponseData CreateCheckStatusResponse(
        this DurableTaskClient client, HttpRequestData request, string instanceId, HttpStatusCode statusCode, CancellationToken cancellation = default)
    {
        HttpResponseData response = Begin(client, request, instanceId, statusCode, out HttpManagementPayload payload);
        Serializer(response).Serialize(response.Body, payload, typeof(HttpManagementPayload), cancellation);
        return response;
    }

    /// <summary>The management URLs of an instance, on the host that the request came to.</summary>
    /// <exception cref="InvalidOperationException">There is no request to take the host from.</exception>
    public static HttpManagementPayload CreateHttpManagementPayload(this DurableTaskClient client, string instanceId, HttpRequestData? request = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        Uri host = request?.Url ?? (client as HubClient)?.BaseUrl
            ?? throw new InvalidOperationException("Failed to create HTTP management payload as base URL is null.");
        string url = $"{host.GetLeftPart(UriPartial.Authority)}/runtime/webhooks/durabletask/instances/{Uri.EscapeDataString(instanceId)}";
        return new HttpManagementPayload
        {
            Id = instanceId,
            StatusQueryGetUri = url,
            PurgeHistoryDeleteUri = url,
            SendEventPostUri = url + "/raiseEvent/{eventName}",
            TerminatePostUri = url + "/terminate?reason={text}",
            SuspendPostUri = url + "/suspend?reason={text}",
            ResumePostUri = url + "/resume?reason={text}",
        };
    }

    private static HttpResponseData Begin(
        DurableTaskClient client, HttpRequestData request, string instanceId, HttpStatusCode status, out HttpManagementPayload payload)
    {
        ArgumentNullException.ThrowIfNull(request);
        payload = client.CreateHttpManagementPayload(instanceId, request);
        HttpResponseData response = request.CreateResponse(status);
        response.Headers.Add("Location", payload.StatusQueryGetUri);
        response.Headers.Add("Content-Type", "application/json");
        return response;
    }

    private static ObjectSerializer Serializer(HttpResponseData response) =>
        response.FunctionContext.InstanceServices.GetRequiredService<IOptions<WorkerOptions>>().Value.Serializer
            ?? throw new InvalidOperationException("A serializer is not configured for the worker.");
}
