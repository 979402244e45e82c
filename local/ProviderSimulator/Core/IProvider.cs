using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveDesk.Local.ProviderSimulator.Core;

/// <summary>
/// One simulated provider. A public class with a constructor that takes <see cref="SimulatorCore"/> is found by itself:
/// to add a provider, add a folder below Providers.
/// </summary>
public interface IProvider
{
    /// <summary>First part of its paths and its name in the control API, such as <c>twilio</c>.</summary>
    string Name { get; }

    /// <summary>Adds what the desk calls. Paths are relative to <c>/{Name}</c>.</summary>
    void MapApi(IEndpointRouteBuilder api);

    /// <summary>Adds control calls of its own. Paths are relative to <c>/simulator/{Name}</c>.</summary>
    void MapControl(IEndpointRouteBuilder control);

    /// <summary>Answers as the provider does when it fails for a reason of its own.</summary>
    /// <param name="context">The request; nothing was answered yet.</param>
    /// <param name="status">429, 500, 503...</param>
    /// <param name="code">The provider's code; null for the usual one of that status.</param>
    Task RefuseAsync(HttpContext context, int status, int? code);

    /// <summary>Forgets everything, also what a test registered.</summary>
    void Reset();
}

/// <summary>A provider that carries messages between customers and the desk. The control API of these is the same for all.</summary>
public interface IMessagingProvider : IProvider
{
    /// <summary>How statuses and webhooks are sent.</summary>
    MessagingSettings Settings { get; set; }

    /// <summary>Makes a number (page, bot) known, with the webhook that it calls. Registering it again replaces it.</summary>
    JsonNode RegisterNumber(JsonObject request);

    JsonArray Numbers();

    /// <summary>Lets a customer write: sends the webhook and waits for the desk's answer.</summary>
    Task<JsonNode> SendInboundAsync(JsonObject request, CancellationToken cancellationToken);

    /// <summary>What the desk sent, oldest first.</summary>
    JsonArray Messages();

    /// <summary>Moves a message on and reports it.</summary>
    /// <param name="id">The provider's id of the message.</param>
    /// <param name="request">The status, and why it failed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<JsonNode> PushStatusAsync(string id, JsonObject request, CancellationToken cancellationToken);
}
