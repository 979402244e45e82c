using LiveDesk.Domain.Webhooks;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Domain.Webhooks;

public sealed class When_a_delivery_is_tried
{
    private static readonly WebhookDelivery New = new()
    {
        Id = "wd_1", EventId = "ev_1", Type = "message.received", OccurredAt = Given.Now, Body = "{}", NextAttemptAt = Given.Now,
    };

    [Fact]
    public void Comes_again_after_5_s_30_s_2_min_10_min_30_min_and_then_hourly_for_72_hours()
    {
        TimeSpan[] delays = [.. Enumerable.Range(1, 78).Select(WebhookSchedule.DelayAfter).TakeWhile(d => d is not null).Select(d => d!.Value)];

        Assert.Equal([5, 30, 120, 600, 1800], delays.Take(5).Select(d => (int)d.TotalSeconds));
        Assert.All(delays.Skip(5), d => Assert.Equal(TimeSpan.FromHours(1), d));
        Assert.Equal(TimeSpan.FromHours(72), delays.Skip(5).Aggregate(TimeSpan.Zero, (sum, d) => sum + d));
    }

    [Theory]
    [InlineData(200, WebhookDeliveryState.Delivered)]
    [InlineData(204, WebhookDeliveryState.Delivered)]
    [InlineData(301, WebhookDeliveryState.Pending)]
    [InlineData(400, WebhookDeliveryState.Pending)]
    [InlineData(404, WebhookDeliveryState.Pending)]
    [InlineData(410, WebhookDeliveryState.Failed)]
    [InlineData(429, WebhookDeliveryState.Pending)]
    [InlineData(500, WebhookDeliveryState.Pending)]
    public void Only_2xx_delivers_and_only_410_ends_it_at_once(int status, WebhookDeliveryState expected)
    {
        WebhookDelivery after = New.After(WebhookAnswer.Of(status), Given.Now);

        Assert.Equal(expected, after.State);
        Assert.Equal(expected == WebhookDeliveryState.Pending ? Given.Now.AddSeconds(5) : null, after.NextAttemptAt);
        Assert.Equal(status, Assert.Single(after.Attempts).Status);
    }

    [Fact]
    public void Is_given_up_after_the_last_and_a_replay_starts_the_schedule_anew()
    {
        WebhookDelivery delivery = New;
        while (delivery.State == WebhookDeliveryState.Pending) delivery = delivery.After(WebhookAnswer.Of(503), delivery.NextAttemptAt!.Value);

        Assert.Equal(78, delivery.AttemptCount);
        Assert.Null(delivery.NextAttemptAt);
        Assert.Equal(Given.Now.AddSeconds(5 + 30 + 120 + 600 + 1800).AddHours(72), delivery.Attempts[^1].At);

        WebhookDelivery again = delivery.Replayed(Given.Now.AddDays(5)).After(WebhookAnswer.Of(503), Given.Now.AddDays(5));
        Assert.Equal(WebhookDeliveryState.Pending, again.State);
        Assert.Equal(Given.Now.AddDays(5).AddSeconds(5), again.NextAttemptAt);
        Assert.Equal(79, again.AttemptCount);
    }
}
