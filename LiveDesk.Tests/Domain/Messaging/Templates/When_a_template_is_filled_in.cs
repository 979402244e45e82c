using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging.Templates;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Tests.Domain.Messaging.Templates;

public sealed class When_a_template_is_filled_in
{
    private static readonly MessageTemplate Spanish = new()
    {
        ProviderId = "HX1",
        Name = "pedido_listo",
        Language = "es",
        Status = TemplateStatus.Approved,
        Body = "Hola {{1}}, su pedido {{ 2 }} está listo, {{1}}.",
        Variables = ["1", "2"],
    };

    private static readonly MessageTemplate Mexican = Spanish with { ProviderId = "HX2", Language = "es_MX" };

    [Fact]
    public void Finds_the_variables_in_the_order_of_their_first_use() => Assert.Equal(["1", "2"], TemplateRules.VariablesOf(Spanish.Body));

    [Fact]
    public void Puts_the_values_in_their_places() =>
        Assert.Equal("Hola Ana, su pedido A-17 está listo, Ana.", TemplateRules.Render(Spanish.Body, Values(("1", "Ana"), ("2", "A-17"))));

    [Theory]
    [InlineData("pedido_listo", "es", "HX1", null)]
    [InlineData("pedido_listo", "es-mx", "HX2", null)]
    [InlineData("HX2", null, "HX2", null)]
    [InlineData("pedido_listo", null, null, "template_language_required")]
    [InlineData("pedido_listo", "pt", null, "template_unknown")]
    [InlineData("otro", null, null, "template_unknown")]
    public void Chooses_by_name_or_id_and_language(string name, string? language, string? id, string? code)
    {
        Result<MessageTemplate> chosen = TemplateRules.Choose([Spanish, Mexican], name, language);

        Assert.Equal((id, code), (chosen.Accepted ? chosen.Value.ProviderId : null, chosen.Refusal?.Code));
    }

    [Fact]
    public void Names_every_variable_that_is_missing_wrong_or_too_many()
    {
        Refusal? faults = TemplateRules.Faults(Spanish, Values(("1", "two\nlines"), ("3", "x")));

        Assert.Equal("template_variables", faults?.Code);
        Assert.Equal(["template.variables.1", "template.variables.2", "template.variables.3"], faults!.Errors.Select(e => e.Field).Order());
    }

    [Theory]
    [InlineData("Ana", true)]
    [InlineData("", false)]
    [InlineData("a\tb", false)]
    [InlineData("a    b", true)]
    [InlineData("a     b", false)]
    public void Takes_only_values_that_WhatsApp_takes(string value, bool good) =>
        Assert.Equal(good, TemplateRules.Faults(Spanish, Values(("1", value), ("2", "A-17"))) is null);

    [Theory]
    [InlineData(TemplateStatus.Approved, ChannelType.WhatsApp, true)]
    [InlineData(TemplateStatus.Paused, ChannelType.WhatsApp, false)]
    [InlineData(TemplateStatus.Unsubmitted, ChannelType.WhatsApp, false)]
    [InlineData(TemplateStatus.Unsubmitted, ChannelType.Sms, true)]
    [InlineData(TemplateStatus.Rejected, ChannelType.Sms, false)]
    public void Sends_what_is_approved_where_approval_is_needed(TemplateStatus status, ChannelType channel, bool usable) =>
        Assert.Equal(usable, TemplateRules.Unusable(Spanish with { Status = status }, channel) is null);

    private static Dictionary<string, string> Values(params (string Name, string Value)[] values) => values.ToDictionary(v => v.Name, v => v.Value);
}
