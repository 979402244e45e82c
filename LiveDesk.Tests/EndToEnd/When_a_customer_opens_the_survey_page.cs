using System.Net;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;
using Microsoft.Playwright;

namespace LiveDesk.Tests.EndToEnd;

/// <summary>In a real browser, from the link in the chat on.</summary>
public sealed class When_a_customer_opens_the_survey_page(Browser browser) : IClassFixture<Browser>
{
    private static readonly (string Language, string Question, string[] Scores, string Comment, string Send)[] Spoken =
    [
        ("en", "How was our service?", ["1 very poor", "2", "3", "4", "5 excellent"], "Comment (optional)", "Send"),
        ("es", "¿Cómo ha sido nuestra atención?", ["1 muy mala", "2", "3", "4", "5 excelente"], "Comentario (opcional)", "Enviar"),
        ("fr", "Comment évaluez-vous notre service ?", ["1 très mauvais", "2", "3", "4", "5 excellent"], "Commentaire (facultatif)", "Envoyer"),
        ("th", "คุณพอใจกับบริการของเราเพียงใด", ["1 แย่มาก", "2", "3", "4", "5 ดีเยี่ยม"], "ความคิดเห็น (ไม่บังคับ)", "ส่ง"),
    ];

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Takes_score_and_comment_by_keyboard_alone_and_the_last_answer_wins(bool javaScript)
    {
        await using AskedSurvey survey = await AskedSurvey.AskAsync("es-MX");
        IPage page = await browser.OpenAsync(new() { JavaScriptEnabled = javaScript });
        await page.GotoAsync(survey.Page.AbsoluteUri);

        await PressAsync(page, "Tab", "Space", "ArrowRight", "ArrowRight", "ArrowRight", "Tab");
        await page.Keyboard.TypeAsync("Muy amables");
        await PressAsync(page, "Tab", "Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("¡Gracias por su respuesta!");
        Assert.Equal([(4, "Muy amables")], await survey.AnswersAsync());

        await Assertions.Expect(page.GetByRole(AriaRole.Radio, new() { Name = "4" })).ToBeCheckedAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Textbox)).ToHaveValueAsync("Muy amables");
        await PressAsync(page, "Tab", "ArrowRight", "Tab", "Tab", "Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Radio, new() { Name = "5" })).ToBeCheckedAsync();

        // The arrow has checked it already, on the page before.
        Assert.Equal(
            [(4, "Muy amables"), (5, "Muy amables")],
            await Eventually.SeesAsync(() => survey.AnswersAsync(), answers => answers.Count > 1, "the second answer"));
        Assert.Empty(await survey.Desk.Api.ItemsAsync("conversations"));
    }

    [BrowserFact]
    public async Task Names_every_control_in_the_customers_language()
    {
        await using AskedSurvey survey = await AskedSurvey.AskAsync();
        IPage page = await browser.OpenAsync(new() { Locale = "de-DE" });
        foreach ((string language, string question, string[] scores, string comment, string send) in Spoken)
        {
            await survey.Desk.Api.PatchAsync($"contacts/{survey.Contact}", new { language });
            await page.GotoAsync(survey.Page.AbsoluteUri);

            Assert.Equal(language, await page.Locator("html").GetAttributeAsync("lang"));
            Assert.Equal(await page.TitleAsync(), await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync());
            ILocator asked = page.GetByRole(AriaRole.Group, new() { Name = question, Exact = true });
            await Assertions.Expect(asked.GetByRole(AriaRole.Radio)).ToHaveCountAsync(5);
            foreach (string name in scores)
                await Assertions.Expect(asked.GetByRole(AriaRole.Radio, new() { Name = name, Exact = true })).ToHaveCountAsync(1);
            await Assertions.Expect(page.GetByRole(AriaRole.Textbox, new() { Name = comment, Exact = true })).ToBeEditableAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = send, Exact = true })).ToBeEnabledAsync();
            Assert.Equal(7, await page.Locator("input, textarea, button, select, a").CountAsync());
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToHaveCountAsync(1);
        }
    }

    [BrowserFact]
    public async Task Speaks_the_browsers_language_where_the_customers_is_not_known()
    {
        await using AskedSurvey survey = await AskedSurvey.AskAsync();
        IPage page = await browser.OpenAsync(new() { ExtraHTTPHeaders = [new("Accept-Language", "de-DE, fr-CA;q=0.8, en;q=0.5")] });
        await page.GotoAsync(survey.Page.AbsoluteUri);
        Assert.Equal("fr", await page.Locator("html").GetAttributeAsync("lang"));

        IResponse? forged = await page.GotoAsync(survey.Page.AbsoluteUri[..^1] + (survey.Page.AbsoluteUri[^1] == '0' ? '1' : '0'));

        Assert.Equal(404, forged!.Status);
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Ce lien ne mène à aucune enquête");
        await Assertions.Expect(page.GetByRole(AriaRole.Radio)).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task Fits_the_screen_and_can_be_read()
    {
        await using AskedSurvey survey = await AskedSurvey.AskAsync("th", new string('w', 200) + " {{link}}");
        foreach ((ColorScheme colours, int width, int height) in new[]
            { (ColorScheme.Light, 320, 568), (ColorScheme.Dark, 390, 844), (ColorScheme.Light, 1280, 800) })
        {
            IPage page = await browser.OpenAsync(new() { ColorScheme = colours, ViewportSize = new() { Width = width, Height = height } });
            await page.GotoAsync(survey.Page.AbsoluteUri);

            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
            foreach (ILocator target in await page.Locator(".scores label, button").AllAsync())
            {
                LocatorBoundingBoxResult box = (await target.BoundingBoxAsync())!;
                Assert.True(box.Width >= 44 && box.Height >= 44, $"{box.Width} x {box.Height}");
            }
            await page.GetByRole(AriaRole.Radio, new() { Name = "1" }).CheckAsync();
            Assert.All(await ContrastsAsync(page), c => Assert.True(c >= 4.5, $"a contrast of {c}"));
            await page.GetByRole(AriaRole.Button).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
            Assert.All(await ContrastsAsync(page), c => Assert.True(c >= 4.5, $"a contrast of {c}"));
        }
    }

    [BrowserFact]
    public async Task Runs_no_script_and_loads_nothing_whatever_is_written_on_it()
    {
        const string Hostile = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">\"'&";
        await using AskedSurvey survey = await AskedSurvey.AskAsync("en", Hostile);
        Assert.Equal(HttpStatusCode.OK, await survey.PostAsync(3, Hostile));
        IPage page = await browser.OpenAsync();
        var complaints = new List<string>();
        var requests = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        page.Request += (_, request) => requests.Add(request.Url);

        IResponse? shown = await page.GotoAsync(survey.Page.AbsoluteUri);

        Assert.Contains("default-src 'none'", shown!.Headers["content-security-policy"], StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", shown.Headers["content-security-policy"], StringComparison.Ordinal);
        Assert.Equal("no-referrer", shown.Headers["referrer-policy"]);
        Assert.Equal("Your opinion", await page.TitleAsync());
        Assert.Equal(Hostile, await page.Locator("legend").InnerTextAsync());
        Assert.Equal(Hostile, await page.GetByRole(AriaRole.Textbox).InputValueAsync());
        Assert.Equal([survey.Page.AbsoluteUri], requests);
        Assert.Empty(complaints);
        // The policy lets the page's own style through.
        Assert.Equal("grid", await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.scores')).display"));
    }

    [BrowserFact]
    public async Task Says_so_when_it_is_too_late()
    {
        await using AskedSurvey expired = await AskedSurvey.AskAsync("en");
        await using AskedSurvey locked = await AskedSurvey.AskAsync("en");
        await using AskedSurvey withdrawn = await AskedSurvey.AskAsync("en");
        Assert.Equal(HttpStatusCode.OK, await locked.PostAsync(5));
        expired.Wait(TimeSpan.FromDays(7));
        locked.Wait(TimeSpan.FromDays(7));
        await withdrawn.ReopenAsync();
        IPage page = await browser.OpenAsync();

        foreach ((AskedSurvey survey, string said) in new[]
            { (expired, "takes no more answers"), (locked, "We have your answer"), (withdrawn, "takes no more answers") })
        {
            IReadOnlyList<(int Score, string? Comment)> before = await survey.AnswersAsync();
            await page.GotoAsync(survey.Page.AbsoluteUri);
            await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync(said);
            await Assertions.Expect(page.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
            Assert.Equal(HttpStatusCode.Gone, await survey.PostAsync(1));
            Assert.Equal(before, await survey.AnswersAsync());
        }
    }

    [BrowserFact]
    public async Task Asks_for_the_score_before_it_sends_anything()
    {
        await using AskedSurvey survey = await AskedSurvey.AskAsync("en");
        IPage page = await browser.OpenAsync();
        await page.GotoAsync(survey.Page.AbsoluteUri);
        await page.GetByRole(AriaRole.Textbox).FillAsync("Only words");
        await page.GetByRole(AriaRole.Button).ClickAsync();
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('input:invalid') === document.activeElement"));

        // A browser that checks nothing before it sends.
        await page.EvaluateAsync("document.querySelector('form').noValidate = true");
        await page.GetByRole(AriaRole.Button).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Choose a score from 1 to 5.");
        Assert.Empty(await survey.AnswersAsync());
    }

    private static async Task PressAsync(IPage page, params string[] keys)
    {
        foreach (string key in keys) await page.Keyboard.PressAsync(key);
    }

    /// <summary>Of every text on the page with what is behind it (WCAG 2.2, 1.4.3).</summary>
    private static Task<double[]> ContrastsAsync(IPage page) => page.EvaluateAsync<double[]>("""
        () => {
          const parts = colour => colour.match(/[\d.]+/g).map(Number);
          const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const behind = element => {
            for (let at = element; at; at = at.parentElement) {
              const colour = parts(getComputedStyle(at).backgroundColor);
              if (colour.length === 3 || colour[3] === 1) return colour;
            }
            return [255, 255, 255];
          };
          return [...document.querySelectorAll('h1, p, legend, label, b, small, textarea, button')].map(element => {
            const [one, other] = [light(parts(getComputedStyle(element).color)), light(behind(element))].sort((a, b) => b - a);
            return (one + 0.05) / (other + 0.05);
          });
        }
        """);
}
