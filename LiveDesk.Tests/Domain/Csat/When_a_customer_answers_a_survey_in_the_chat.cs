using FsCheck;
using FsCheck.Fluent;
using LiveDesk.Domain.Csat;

namespace LiveDesk.Tests.Domain.Csat;

public class When_a_customer_answers_a_survey_in_the_chat
{
    [Theory]
    [InlineData("5", 5)]
    [InlineData(" 1 \n", 1)]
    [InlineData("๔", 4)]
    [InlineData("5️⃣", 5)]
    [InlineData("5/5", 5)]
    [InlineData("4 / 5", 4)]
    [InlineData("3 de 5", 3)]
    [InlineData("3 sur 5", 3)]
    [InlineData("3 out of 5", 3)]
    [InlineData("๓/๕", 3)]
    [InlineData("3 เต็ม 5", 3)]
    [InlineData("five", 5)]
    [InlineData("Cinco", 5)]
    [InlineData("QUATRE", 4)]
    [InlineData("ห้า", 5)]
    [InlineData("uno", 1)]
    [InlineData("⭐⭐⭐⭐", 4)]
    [InlineData("⭐", 1)]
    [InlineData("⭐️⭐️⭐️", 3)]
    [InlineData("★★★☆☆", 3)]
    [InlineData("🌟🌟🌟🌟🌟", 5)]
    [InlineData("4 étoiles", 4)]
    [InlineData("1 estrella", 1)]
    [InlineData("5 stars", 5)]
    [InlineData("5-star", 5)]
    [InlineData("five stars!", 5)]
    [InlineData("4 stars out of 5", 4)]
    [InlineData("4/5 stars", 4)]
    [InlineData("4 puntos", 4)]
    [InlineData("5 points.", 5)]
    [InlineData("5 คะแนน", 5)]
    [InlineData("๕คะแนน", 5)]
    [InlineData("สี่ดาว", 4)]
    [InlineData("nota: 5", 5)]
    [InlineData("Calificación 3", 3)]
    [InlineData("ให้ 5", 5)]
    [InlineData("ให้5คะแนน", 5)]
    [InlineData("5!!!", 5)]
    [InlineData("5.", 5)]
    public void A_score_alone_has_no_comment(string text, int score) => Assert.Equal(new SurveyAnswer(score), Read(text));

    [Theory]
    [InlineData("5 muy bien", 5, "muy bien")]
    [InlineData("5, Muy BIEN", 5, "Muy BIEN")]
    [InlineData("2 - mal", 2, "mal")]
    [InlineData("5-excelente", 5, "excelente")]
    [InlineData("1. Nadie contestó", 1, "Nadie contestó")]
    [InlineData("4: bien, pero lento", 4, "bien, pero lento")]
    [InlineData("5\nGracias", 5, "Gracias")]
    [InlineData("5/5 perfect", 5, "perfect")]
    [InlineData("5 estrellas, gracias", 5, "gracias")]
    [InlineData("4 étoiles bon service", 4, "bon service")]
    [InlineData("⭐⭐⭐⭐ Gracias", 4, "Gracias")]
    [InlineData("⭐⭐⭐⭐⭐muy bien", 5, "muy bien")]
    [InlineData("cinco, gracias", 5, "gracias")]
    [InlineData("5 👍", 5, "👍")]
    [InlineData("5👍", 5, "👍")]
    [InlineData("5 :)", 5, ":)")]
    [InlineData("5 (gracias)", 5, "(gracias)")]
    [InlineData("5 ดีมาก", 5, "ดีมาก")]
    [InlineData("5ดีมาก", 5, "ดีมาก")]
    [InlineData("5 วันนี้บริการดี", 5, "วันนี้บริการดี")]
    [InlineData("5 คะแนน ขอบคุณ", 5, "ขอบคุณ")]
    [InlineData("5 a great experience", 5, "a great experience")]
    [InlineData("5 y gracias por todo", 5, "y gracias por todo")]
    [InlineData("4 I waited 20 minutes", 4, "I waited 20 minutes")]
    public void What_follows_the_score_is_the_comment(string text, int score, string comment) =>
        Assert.Equal(new SurveyAnswer(score, comment), Read(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("very good")]
    [InlineData("gracias 5")]
    [InlineData("0")]
    [InlineData("6")]
    [InlineData("10")]
    [InlineData("55")]
    [InlineData("05")]
    [InlineData("-5")]
    [InlineData("๖")]
    [InlineData("๕๐")]
    [InlineData("٤")] // Arabic-Indic
    public void Without_a_score_of_the_scale_in_front_it_is_none(string? text) => Assert.Null(Read(text));

    [Theory]
    [InlineData("4.5")]
    [InlineData("4,5")]
    [InlineData("4 . 5")]
    [InlineData("5:30")]
    [InlineData("5-6")]
    [InlineData("5 o 6")]
    [InlineData("4 or five")]
    [InlineData("4 y medio")]
    [InlineData("4 and a half")]
    [InlineData("3 à 4")]
    [InlineData("4 ถึง 5")]
    [InlineData("5/10")]
    [InlineData("5 de 10")]
    [InlineData("5 out of 10")]
    [InlineData("5/50")]
    [InlineData("5/5/2026")]
    [InlineData("5 555 0100")]
    [InlineData("1-415-555-0100")]
    [InlineData("5%")]
    [InlineData("5 €")]
    [InlineData("5$")]
    [InlineData("5°")]
    [InlineData("5?")]
    [InlineData("5 ?")]
    [InlineData("5) quinto")]
    [InlineData("3x4")]
    [InlineData("1 + 1")]
    public void A_number_that_goes_on_is_none(string text) => Assert.Null(Read(text));

    [Theory]
    [InlineData("5 minutes ago I wrote to you")]
    [InlineData("5 minutos tarde")]
    [InlineData("3 semaines d'attente")]
    [InlineData("5 นาทีที่แล้ว")]
    [InlineData("5 วันแล้ว")]
    [InlineData("3ชั่วโมง")]
    [InlineData("5-minute wait")]
    [InlineData("5 de marzo")]
    [InlineData("5 mars")]
    [InlineData("5 มีนาคม")]
    [InlineData("5 March please")]
    [InlineData("5 pm")]
    [InlineData("5 p.m. is fine")]
    [InlineData("5 o'clock")]
    [InlineData("5th")]
    [InlineData("5pm")]
    [InlineData("5kg")]
    [InlineData("2 questions")]
    [InlineData("2 pedidos")]
    [InlineData("3 คน")]
    [InlineData("2 of my orders are missing")]
    [InlineData("5 points to discuss")]
    [InlineData("2 thumbs up")]
    public void A_quantity_or_a_date_is_none(string text) => Assert.Null(Read(text));

    [Theory]
    [InlineData("un problème")]
    [InlineData("una pregunta")]
    [InlineData("one of your agents was rude")]
    [InlineData("dos cosas")]
    [InlineData("สองคน")]
    [InlineData("สามีของฉัน")] // "my husband" begins like "three"
    [InlineData("unos días")]
    [InlineData("ones")]
    public void A_number_in_words_that_belongs_to_a_sentence_is_none(string text) => Assert.Null(Read(text));

    [Theory]
    [InlineData("⭐ Oferta especial")]
    [InlineData("⭐⭐⭐⭐⭐⭐")]
    [InlineData("★★☆")]
    [InlineData("☆☆☆☆☆")]
    [InlineData("1. Where is my order\n2. How do I pay")]
    [InlineData("1- talla\n2- color")]
    public void Decoration_and_lists_are_none(string text) => Assert.Null(Read(text));

    [Fact]
    public void Any_text_is_read_without_a_fault_and_a_score_is_from_one_to_five()
    {
        Gen<string> pieces = Gen.Elements(
            "5", "1", "๓", "⭐", "☆", "🌟", "\ufe0f", "\u20e3", " ", "/", "/5", "de ", "cinco", "ห้า", "นาที", "วัน", "a", "a.", "o", "\n", "1.", "-",
            ":", "(", ")", "nota", "\ud83d", "é", "stars", "points");
        Prop.ForAll(
            Gen.ListOf(pieces).Select(string.Concat).ToArbitrary(),
            text => Assert.True(Read(text) is null or { Score: >= 1 and <= 5, Comment: null or { Length: > 0 } }))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static SurveyAnswer? Read(string? text) => SurveyAnswer.TryParse(text, out SurveyAnswer? answer) ? answer : null;
}
