using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Messaging.Templates;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Csat;

/// <summary>Where a survey's page is found.</summary>
public interface ISurveyLinks
{
    Uri Of(WorkspaceId workspace, SurveyId survey);
}

/// <summary>Does what time alone does to a survey: the question, one reminder, the end. Safe to repeat: what was done is no longer due.</summary>
public sealed class TendSurvey(
    IContactStore contacts, IChannelDirectory channels, ChannelTemplates templates, ISurveyLinks links, ContactDesk desk, TimeProvider time)
{
    private const int MostAtOnce = 4;

    /// <summary>A contact that is just being taken in brings its surveys along.</summary>
    private static readonly TimeSpan MergeTime = TimeSpan.FromMinutes(1);

    /// <returns>When something will be due again; null when the survey is over.</returns>
    public async Task<DateTimeOffset?> RunAsync(WorkspaceId workspace, SurveyId id, CancellationToken cancellationToken)
    {
        for (int done = 0; done < MostAtOnce; done++)
        {
            ContactState state = (await contacts.LoadPrimaryAsync(workspace, id.Conversation.Contact, cancellationToken)).State;
            if (state.Contact?.Surveys.FirstOrDefault(s => s.Id == id) is not { } survey)
                return state.Contact?.Merging is null ? null : time.GetUtcNow() + MergeTime;
            Channel? channel = await channels.FindAsync(workspace, survey.Channel, cancellationToken);
            if (NextDue(survey, channel?.Settings.Csat) is not { } due) return null;
            if (due > time.GetUtcNow()) return due;
            await DoAsync(workspace, state.Contact, survey, channel, cancellationToken);
        }
        throw new InvalidOperationException($"The survey {id} does not come to rest.");
    }

    /// <returns>Null if time changes nothing any more.</returns>
    private static DateTimeOffset? NextDue(Survey survey, CsatSettings? settings) => survey.State.Status switch
    {
        SurveyStatus.Scheduled => survey.ClosedAt + (settings?.Delay ?? TimeSpan.Zero),
        SurveyStatus.Sent when survey.State.RemindedAt is null && survey.State.SentAt + settings?.ReminderAfter < survey.State.AcceptsUntil =>
            survey.State.SentAt + settings?.ReminderAfter,
        SurveyStatus.Sent or SurveyStatus.Answered => survey.State.AcceptsUntil,
        _ => null,
    };

    private async Task DoAsync(WorkspaceId workspace, Contact contact, Survey survey, Channel? channel, CancellationToken cancellationToken)
    {
        SurveyStatus seen = survey.State.Status;
        bool asks = seen == SurveyStatus.Scheduled;
        bool reminds = seen == SurveyStatus.Sent && time.GetUtcNow() < survey.State.AcceptsUntil;
        Result<MessageContent>? content = asks || reminds
            ? await ContentAsync(workspace, contact, survey, channel, reminds, cancellationToken)
            : (Result<MessageContent>?)null;
        await desk.RunAsync(workspace, contact.Id, (state, now) =>
        {
            if (state.Contact?.Surveys.FirstOrDefault(s => s.Id == survey.Id) is not { } current || current.State != survey.State) return Decision.Nothing;
            if (content is null) return Decision.Of([.. Surveys.Apply(current, new SurveyTimePassed(now))]);
            return Decision.Of([.. Ask(state, current, channel, content.Value, reminds, now)]);
        }, cancellationToken);
    }

    private static IEnumerable<DomainEvent> Ask(
        ContactState state, Survey survey, Channel? channel, Result<MessageContent> content, bool reminds, DateTimeOffset now)
    {
        Contact contact = state.Contact!;
        ConversationId? home = Surveys.HomeOf(survey, state);
        string? why = channel is null ? "channel_deleted"
            : contact.Blocked ? "contact_blocked"
            : contact.IsOptedOut(channel.Id) ? "contact_opted_out"
            : home is null ? "no_conversation"
            : content.Refusal?.Code;
        ContactIdentity? to = channel is null ? null : contact.AddressFor(channel.Type, ChannelScope.Of(channel));
        if (why is null && to is null) why = "no_address";
        // A reminder that cannot be sent is left out; the survey goes on.
        if (why is not null) return reminds
            ? Surveys.Apply(survey, new SurveyReminderIsDue(now, why))
            : Surveys.Apply(survey, new SurveyCouldNotBeSent(why, now));
        SurveyEvent happened = reminds ? new SurveyReminderIsDue(now) : new SurveyWasSent(now);
        DomainEvent[] changed = [.. Surveys.Apply(survey with { AskedAt = to }, happened)];
        return changed.Length == 0
            ? []
            : [AutomaticMessage.To(to!, home!.Value, content.Value, channel!, contact.NextSequence, now, now), .. changed];
    }

    /// <summary>Free text while the messaging window is open; else the channel's template, whose variable <c>1</c> is the link.</summary>
    private async Task<Result<MessageContent>> ContentAsync(
        WorkspaceId workspace, Contact contact, Survey survey, Channel? channel, bool reminds, CancellationToken cancellationToken)
    {
        if (channel is null) return Refusal.NotFound("channel");
        Uri link = links.Of(workspace, survey.Id);
        CsatSettings settings = channel.Settings.Csat;
        if (contact.IsWindowOpen(channel.Id, channel.Type, time.GetUtcNow()))
        {
            string question = SurveyTexts.Question(settings.Question, contact.Language, link);
            return MessageContent.OfText(reminds ? $"{SurveyTexts.Reminder(contact.Language)}\n{question}" : question);
        }
        if (settings.Template is not { Length: > 0 } template) return Refusal.Rule("window_closed", "The messaging window is closed and there is no template.");
        var variables = new Dictionary<string, string> { ["1"] = link.AbsoluteUri };
        return await templates.FillAsync(channel, new TemplateContent(template, contact.Language, variables), cancellationToken);
    }
}
