namespace LiveDesk.Functions.Api.Http;

/// <summary>What an operation answers with when all goes well; the API's description is made of it.</summary>
/// <param name="body">The type of the JSON body; null: none.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class AnswersAttribute(int status, Type? body = null) : Attribute
{
    public int Status { get; } = status;

    public Type? Body { get; } = body;
}

/// <summary>The JSON body that an operation reads.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReadsAttribute(Type body) : Attribute
{
    public Type Body { get; } = body;

    /// <summary>A merge patch (RFC 7396): no field is required.</summary>
    public bool Partial { get; init; }

    /// <summary>Also as the fields of a form.</summary>
    public bool Form { get; init; }
}

/// <summary>A field that takes values of several types.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EitherAttribute(params Type[] types) : Attribute
{
    public IReadOnlyList<Type> Types { get; } = types;
}

/// <summary>A query parameter that an operation takes.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class QueryAttribute(string name, string description) : Attribute
{
    public string Name { get; } = name;

    public string Description { get; } = description;
}
