using static LiveDesk.Tests.Timelines.Customer;

namespace LiveDesk.Tests.Timelines;

/// <summary>
/// The night in which the clocks change, and the day after it: out of hours, an opening in the hour that the clock skips or shows twice, an AI agent
/// that hands over, a person who replies, snoozes and closes, a survey with its reminder and answer, a conversation that closes by itself, a customer
/// who returns.
/// </summary>
internal static class TimelineStory
{
    /// <param name="stage">Where it is played. Days count from the Saturday before the night.</param>
    public static async Task PlayAsync(Stage stage)
    {
        await OutOfHoursAsync(stage);
        stage.OutOfHoursIsOver();
        await WithAnaAsync(stage);
        await OpeningAsync(stage);
        await TheDayAfterAsync(stage);
    }

    private static async Task OutOfHoursAsync(Stage stage)
    {
        await stage.AtAsync(0, "22:00", () => stage.WritesAsync(Dora, "¿Está abierto?"), Dora, "Gracias por su mensaje");
        await stage.AtAsync(0, "22:05", () => stage.WritesAsync(Dora, "¿Hola?"), Dora, "¿Hola?");
        await stage.AtAsync(0, "22:10", () => stage.WritesAsync(Bruno, "¿Cuándo llega el pedido 17?"), Bruno, "Thank you for your message");
        await stage.AtAsync(0, "22:20", () => stage.WritesAsync(Bruno, "Quiero hablar con una persona"), Bruno, "Gracias por su mensaje");
        await stage.AtAsync(0, "22:30", () => stage.WritesAsync(Bruno, "¿Hay alguien?"), Bruno, "¿Hay alguien?");
    }

    private static async Task WithAnaAsync(Stage stage)
    {
        await stage.AtAsync(0, "23:00", () => stage.WritesAsync(Carla, "Hola, mi pedido no llega"), Carla, "Assigned to Ana");
        await stage.AtAsync(0, "23:05", () => stage.RepliesAsync("Ana", Carla, "Lo miro ahora."), Carla, "Lo miro ahora.");
        await stage.AtAsync(0, "23:10", () => stage.SnoozesAsync("Ana", Carla, stage.Pace.Snooze), Carla, "Snoozed until 2");
        await stage.UntilAsync(Carla, "Woken (time)");
        await stage.AtAsync(1, "01:35", () => stage.SnoozesAsync("Ana", Carla, null), Carla, "Snoozed until a reply");
        await stage.AtAsync(1, "01:40", () => stage.WritesAsync(Carla, "¿Y bien?"), Carla, "Woken (reply)");
        await stage.AtAsync(1, "01:45", () => stage.RepliesAsync("Ana", Carla, "Sale el lunes."), Carla, "Sale el lunes.");
        await stage.AtAsync(1, "01:50", () => stage.ClosesAsync("Ana", Carla, "Pedidos", "Pedido 18: sale el lunes."), Carla, "Survey scheduled");
    }

    private static async Task OpeningAsync(Stage stage)
    {
        await stage.UntilAsync(Dora, "Assigned to Luis");
        await stage.UntilAsync(Bruno, "Assigned to Luis");
        await stage.UntilAsync(Carla, "Survey sent");
        await stage.AtAsync(1, "03:10", () => stage.RepliesAsync("Luis", Dora, "Ya estamos."), Dora, "Ya estamos.");
        await stage.AtAsync(1, "03:15", () => stage.RepliesAsync("Luis", Bruno, "Soy Luis."), Bruno, "Soy Luis.");
        await stage.AtAsync(1, "03:20", () => stage.ClosesAsync("Luis", Bruno, null, null), Bruno, "Closed by user");
    }

    private static async Task TheDayAfterAsync(Stage stage)
    {
        await stage.UntilAsync(Carla, "Survey sent again");
        await stage.AtAsync(1, "05:10", () => stage.WritesAsync(Carla, "5 muy bien"), Carla, "¡Gracias por su respuesta!");
        await stage.UntilAsync(Dora, "Closed by auto");
        await stage.AtAsync(2, "10:00", () => stage.WritesAsync(Carla, "Hola otra vez"), Carla, "Assigned to Ana", conversation: 2);
        await stage.AtAsync(2, "10:05", () => stage.ClosesAsync("Ana", Carla, "Pedidos", null), Carla, "Closed by user", conversation: 2);
    }
}
