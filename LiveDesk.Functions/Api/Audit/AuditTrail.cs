using System.Text.Json;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;

namespace LiveDesk.Functions.Api.Audit;

/// <summary>What an act has come to, with the thing as the API shows it: secrets are masked there already.</summary>
internal sealed record AuditNote(AuditTarget Target, object? Before = null, object? After = null);

/// <summary>
/// Keeps the audit log of what callers do. The line is there before the act, and is completed after it and before the answer: if the desk dies in
/// between, or the storage fails, the log still says who was about to do what.
/// </summary>
internal sealed class AuditTrail(IAuditLog log, IRandomSource random, TimeProvider time)
{
    /// <param name="about">What is acted on, as far as it is known before.</param>
    /// <param name="note">What it has come to; null if nothing was changed, and then nothing is logged.</param>
    /// <returns>What <paramref name="act"/> returns.</returns>
    public async Task<T> RunAsync<T>(
        Caller caller, string action, AuditTarget about, Func<Task<T>> act, Func<T, AuditNote?> note, CancellationToken cancellationToken)
    {
        var line = new AuditEntry(caller.Workspace, ResourceId.New("au", random), time.GetUtcNow(), caller.Actor, action, about)
        {
            Outcome = AuditOutcome.Unknown,
        };
        await log.OpenAsync(line, cancellationToken);
        T result = await act();
        if (note(result) is { } known)
            await log.CompleteAsync(
                line with { Target = known.Target, Before = Document(known.Before), After = Document(known.After), Outcome = AuditOutcome.Done },
                cancellationToken);
        else await log.WithdrawAsync(line, cancellationToken);
        return result;
    }

    /// <summary>As the other, for an act that may be refused: a refusal has changed nothing.</summary>
    public Task<Result<T>> RunAsync<T>(
        Caller caller, string action, AuditTarget about, Func<Task<Result<T>>> act, Func<T, AuditNote?> note, CancellationToken cancellationToken) =>
        RunAsync<Result<T>>(caller, action, about, act, result => result.Refusal is null ? note(result.Value) : null, cancellationToken);

    private static JsonElement? Document(object? value) => value is null ? null : JsonSerializer.SerializeToElement(value, value.GetType(), ApiJson.Options);
}
