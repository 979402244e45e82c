using System.Net;
using System.Text;

namespace LiveDesk.Tests.EndToEnd.Hostile;

/// <summary>Bodies that no operation can understand.</summary>
internal static class HostileBodies
{
    /// <summary>Operations that take a file instead of JSON: any bytes are welcome there.</summary>
    private static readonly string[] Uploads = ["CreateAttachment", "CreateVoiceNote"];

    /// <summary>Random bodies for each operation.</summary>
    private const int Garbled = 260;

    private static readonly (string Name, byte[] Body)[] Malformed =
    [
        ("open brace", "{"u8.ToArray()),
        ("no value", "{\"a\":}"u8.ToArray()),
        ("trailing comma", "{\"name\":\"x\",}"u8.ToArray()),
        ("single quotes", "{'name':'x'}"u8.ToArray()),
        ("comment", "{/* */}"u8.ToArray()),
        ("not a number", "{\"limit\":NaN}"u8.ToArray()),
        ("two documents", "{}{}"u8.ToArray()),
        ("array", "[]"u8.ToArray()),
        ("null", "null"u8.ToArray()),
        ("number", "5"u8.ToArray()),
        ("text", "\"{}\""u8.ToArray()),
        ("white space", "   \n"u8.ToArray()),
        ("form", "name=x&limit=1"u8.ToArray()),
        ("xml", "<name>x</name>"u8.ToArray()),
        ("zero bytes", new byte[64]),
        ("UTF-16", Encoding.Unicode.GetBytes("{\"name\":\"x\"}")),
        ("bytes that are no UTF-8", [.. "{\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8]),
        ("name that is no UTF-8", [.. "{\""u8, 0xFF, .. "\":1}"u8]),
        ("half a surrogate pair", "{\"name\":\"\\ud83d\"}"u8.ToArray()),
        ("half a surrogate pair as name", "{\"\\udc00\":1}"u8.ToArray()),
        ("raw control character", "{\"name\":\"a\u0001b\"}"u8.ToArray()),
        ("unknown field", "{\"zz\":1}"u8.ToArray()),
        ("empty field name", "{\"\":1}"u8.ToArray()),
        ("prototype", "{\"__proto__\":{\"role\":\"admin\"}}"u8.ToArray()),
        ("duplicate field", "{\"zz\":1,\"zz\":1}"u8.ToArray()),
        ("duplicate field, escaped", "{\"zz\":1,\"\\u007az\":1}"u8.ToArray()),
        ("other case", "{\"NAME\":\"x\",\"Text\":\"x\",\"STATUS\":\"online\"}"u8.ToArray()),
        ("arrays, 20,000 deep", Encoding.ASCII.GetBytes("{\"a\":" + new string('[', 20_000))),
        ("objects, 20,000 deep", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 20_000)))),
        ("objects, 40 deep and closed", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 40))),
        ("number of 20,000 digits", Encoding.ASCII.GetBytes("{\"zz\":" + new string('9', 20_000) + "}")),
        ("number beyond all", "{\"zz\":1e999999}"u8.ToArray()),
        ("field name of 50,000 characters", Encoding.ASCII.GetBytes("{\"" + new string('n', 50_000) + "\":1}")),
    ];

    private static readonly (string? Type, string Body)[] WrongTypes =
    [
        (null, "{}x"), ("text/plain", "{}"), ("application/xml", "<a/>"), ("multipart/form-data; boundary=x", "--x--"),
        ("application/x-www-form-urlencoded", "name=x"), ("application/json-patch+json", "[]"), ("application/jsonp", "{\"name\":\"x\"}"), ("", "{\"zz\":1}"),
    ];

    public static IEnumerable<HostileCase> Of(Scene scene, Random random)
    {
        foreach (ApiOperation operation in ApiOperation.All.Where(TakesJson))
        {
            HostileCase At(string name, params HttpStatusCode[] statuses) =>
                new($"{operation.Function}, {name}", operation.Method, operation.Path(scene.Ids), AnsweredBy.Api, statuses) { Authorization = scene.Admin };
            foreach ((string name, byte[] body) in Malformed) yield return At(name, HttpStatusCode.BadRequest) with { Body = body };
            foreach ((string? type, string body) in WrongTypes)
                yield return At($"type '{type}'", HttpStatusCode.UnsupportedMediaType) with { Body = Encoding.UTF8.GetBytes(body), ContentType = type };
            yield return At("2 MB", HttpStatusCode.RequestEntityTooLarge) with { Body = Encoding.ASCII.GetBytes($"{{\"zz\":\"{new string('x', 2 * 1024 * 1024)}\"}}") };
            for (int i = 0; i < Garbled; i++) yield return At($"garbage {i}", HttpStatusCode.BadRequest) with { Body = Garbage(random) };
        }
    }

    private static bool TakesJson(ApiOperation operation) =>
        (operation.Method == HttpMethod.Post || operation.Method == HttpMethod.Put || operation.Method == HttpMethod.Patch)
        && !Uploads.Contains(operation.Function) && operation.Function != "AddChannelMember";

    /// <summary>An object that breaks off, or is broken by a byte that stands nowhere in JSON.</summary>
    private static byte[] Garbage(Random random)
    {
        byte[] whole = "{\"name\":\"x\",\"limit\":3,\"settings\":{\"greeting\":{\"enabled\":true,\"text\":\"Hello\"}},\"agentIds\":[\"a\",\"b\"]}"u8.ToArray();
        int at = random.Next(1, whole.Length - 1);
        return random.Next(2) == 0 ? whole[..at] : [.. whole[..at], (byte)random.Next(1, 9), .. whole[at..]];
    }
}
