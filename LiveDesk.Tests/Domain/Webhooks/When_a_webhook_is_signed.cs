using LiveDesk.Domain.Webhooks;

namespace LiveDesk.Tests.Domain.Webhooks;

public sealed class When_a_webhook_is_signed
{
    [Fact]
    public void Agrees_with_the_example_of_the_specification()
    {
        string signature = WebhookSignature.Of(
            "whsec_plJ3nmyCDGBKInavdOK15jsl", "msg_loFOjxBNrRLzqYUf", DateTimeOffset.FromUnixTimeSeconds(1731705121),
            """{"event_type":"ping","data":{"success":true}}""");

        Assert.Equal("v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=", signature);
    }

    [Fact]
    public void Shows_secrets_with_their_prefix() => Assert.Equal("whsec_AQID", WebhookSignature.Show([1, 2, 3]));
}
