using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Domain.Messaging;

public sealed class When_a_channel_sends_as_fast_as_it_may
{
    private static readonly ContactId[] Contacts =
        [.. Enumerable.Range(0, 50).Select(i => ContactId.Of(Some.Workspace, new ContactIdentity(ChannelType.WhatsApp, $"+1555000{i:0000}")))];

    private readonly FakeClock _clock = new();
    private readonly SendPace _pace;

    public When_a_channel_sends_as_fast_as_it_may() => _pace = new SendPace(_clock);

    [Fact]
    public void Lets_a_seconds_worth_go_at_once_and_spaces_the_rest_evenly()
    {
        double[] waits = [.. Contacts.Take(8).Select(c => Ask(c, rate: 5).TotalSeconds)];

        Assert.Equal([0, 0, 0, 0, 0, 0.2, 0.4, 0.6], waits.Select(w => Math.Round(w, 3)));
    }

    [Fact]
    public void Keeps_a_place_in_the_line_until_it_is_used()
    {
        Ask(Contacts[0], rate: 1);
        TimeSpan first = Ask(Contacts[1], rate: 1);

        Assert.Equal(first, Ask(Contacts[1], rate: 1));
        _clock.Advance(first);
        Assert.Equal(TimeSpan.Zero, Ask(Contacts[1], rate: 1));
        Assert.Equal(1, Ask(Contacts[1], rate: 1).TotalSeconds, 3);
    }

    [Fact]
    public void Gives_every_contact_its_turn_however_much_one_has_to_send()
    {
        var sent = new List<ContactId>();
        ContactId busy = Contacts[0];
        for (int step = 0; step < 60; step++)
        {
            if (Ask(busy, rate: 1) == TimeSpan.Zero) sent.Add(busy);
            if (step >= 5 && !sent.Contains(Contacts[1]) && Ask(Contacts[1], rate: 1) == TimeSpan.Zero) sent.Add(Contacts[1]);
            _clock.Advance(TimeSpan.FromMilliseconds(250));
        }

        Assert.InRange(sent.IndexOf(Contacts[1]), 1, 4);
        Assert.InRange(sent.Count, 14, 16);
    }

    [Fact]
    public void Never_sends_more_than_the_rate_over_any_ten_seconds()
    {
        int sent = 0;
        for (int step = 0; step < 100; step++)
        {
            sent += Contacts.Count(contact => Ask(contact, rate: 4) == TimeSpan.Zero);
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.InRange(sent, 40, 44);
    }

    [Fact]
    public void Does_not_let_one_channel_wait_for_another()
    {
        var other = ChannelId.From([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        Ask(Contacts[0], rate: 1);

        Assert.Equal(TimeSpan.Zero, _pace.Ask(other, 1, Contacts[1]));
        Assert.NotEqual(TimeSpan.Zero, Ask(Contacts[1], rate: 1));
    }

    [Fact]
    public void Sends_less_than_one_a_second_where_that_is_the_rate()
    {
        Assert.Equal(TimeSpan.Zero, Ask(Contacts[0], rate: 0.25));
        Assert.Equal(4, Ask(Contacts[1], rate: 0.25).TotalSeconds, 3);
    }

    private TimeSpan Ask(ContactId contact, double rate) => _pace.Ask(Some.Channel.Id, rate, contact);
}
