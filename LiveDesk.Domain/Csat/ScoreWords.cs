using System.Collections.Frozen;

namespace LiveDesk.Domain.Csat;

/// <summary>
/// The words, in lower case, by which <see cref="ScoreReader"/> tells a score from another number. Thai ones are prefixes: Thai has no
/// spaces.
/// </summary>
internal static class ScoreWords
{
    public static readonly string[] Labels =
    [
        "score", "rating", "nota", "note", "puntuación", "puntuacion", "puntaje", "calificación", "calificacion", "valoración", "valoracion",
        "ให้คะแนน", "คะแนน", "ให้",
    ];

    public static readonly FrozenDictionary<string, int> Numbers = new Dictionary<string, int>
    {
        ["one"] = 1, ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5,
        ["uno"] = 1, ["una"] = 1, ["dos"] = 2, ["tres"] = 3, ["cuatro"] = 4, ["cinco"] = 5,
        ["un"] = 1, ["une"] = 1, ["deux"] = 2, ["trois"] = 3, ["quatre"] = 4, ["cinq"] = 5,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static readonly (string Word, int Score)[] ThaiNumbers = [("หนึ่ง", 1), ("สอง", 2), ("สาม", 3), ("สี่", 4), ("ห้า", 5)];

    /// <summary>Part of the score, and a comment may follow.</summary>
    public static readonly FrozenSet<string> Stars = Set("star stars estrella estrellas étoile étoiles etoile etoiles");

    /// <summary>Part of the score if nothing but punctuation follows: "5 points to discuss" is none.</summary>
    public static readonly FrozenSet<string> Points = Set("point points punto puntos");

    public static readonly string[] ThaiUnits = ["คะแนน", "ดาว"];

    /// <summary>Come before the 5 in "4 out of 5".</summary>
    public static readonly string[] OutOf = ["out of", "of", "de", "sobre", "sur", "จากคะแนนเต็ม", "จาก", "คะแนนเต็ม", "เต็ม"];

    /// <summary>With another number after them they make a range or a fraction: "4 or 5", "4 y medio".</summary>
    public static readonly FrozenSet<string> Joining = Set("a o u y e or and to à ou et");

    public static readonly FrozenSet<string> Halves = Set("half medio media demi");

    /// <summary>A number before one of these counts or dates something.</summary>
    public static readonly FrozenSet<string> Quantities = Set("""
        second seconds sec secs minute minutes min mins hour hours hr hrs h day days week weeks month months year years am pm oclock
        segundo segundos minuto minutos hora horas día días dia dias semana semanas mes meses año años ano anos
        seconde secondes heure heures jour jours semaine semaines mois an ans année années
        january february march april may june july august september october november december
        jan feb mar apr jun jul aug sep sept oct nov dec ene abr ago dic
        enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
        janvier février mars avril mai juin juillet août septembre octobre novembre décembre
        kg g gr km m cm mm l ml lb lbs kilo kilos gb mb percent porciento pourcent
        euro euros eur dollar dollars usd dólar dólares dolares peso pesos mxn baht thb pound pounds libras
        x time times vez veces fois item items unit units unidad unidades unité unités piece pieces pieza piezas pièce pièces
        pack packs caja cajas box boxes
        people person persons persona personas personne personnes client clients cliente clientes agent agents agente agentes
        order orders pedido pedidos commande commandes product products producto productos produit produits article articles artículo artículos
        message messages mensaje mensajes email emails call calls llamada llamadas appel appels
        question questions pregunta preguntas duda dudas problem problems problema problemas problème problèmes issue issues thing things cosa cosas
        chose choses thumb thumbs option options opción opciones ticket tickets
        more más mas of out de del des du d sur
        """);

    public static readonly string[] ThaiQuantities =
    [
        "วินาที", "นาที", "ชั่วโมง", "ชม", "โมง", "ทุ่ม", "สัปดาห์", "อาทิตย์", "เดือน", "ปี", "บาท", "คน", "ครั้ง", "ชิ้น", "อัน", "ตัว", "กล่อง",
        "เครื่อง", "รายการ", "ข้อ", "เรื่อง", "กิโล", "เปอร์เซ็นต์", "คำถาม", "มกรา", "กุมภา", "มีนา", "เมษา", "พฤษภา", "มิถุนา", "กรกฎา", "สิงหา",
        "กันยา", "ตุลา", "พฤศจิกา", "ธันวา",
    ];

    private static FrozenSet<string> Set(string words) =>
        words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
