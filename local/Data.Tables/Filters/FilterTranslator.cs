using System.Linq.Expressions;
using Azure.Data.Tables.Models;
using Azure.Data.Tables.Serialization;

namespace Azure.Data.Tables.Filters;

/// <summary>
/// An expression over an entity as an OData filter: and, or, not, the six comparisons, properties, the getters and the
/// indexer of <see cref="TableEntity"/>, string.Equals, string.Compare and CompareTo. All else is evaluated beforehand.
/// </summary>
internal sealed class FilterTranslator
{
    private readonly ParameterExpression _entity;

    private FilterTranslator(ParameterExpression entity) => _entity = entity;

    /// <summary>Returns null for a filter that lets everything pass.</summary>
    internal static string? Translate<T>(Expression<Func<T, bool>> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        string text = new FilterTranslator(filter.Parameters[0]).Condition(filter.Body);
        return text == "true" ? null : text;
    }

    private string Condition(Expression expression) => expression switch
    {
        _ when !UsesEntity(expression) => ODataLiteral.Of(Evaluate(expression)),
        BinaryExpression { NodeType: ExpressionType.AndAlso or ExpressionType.And } and => $"({Condition(and.Left)}) and ({Condition(and.Right)})",
        BinaryExpression { NodeType: ExpressionType.OrElse or ExpressionType.Or } or => $"({Condition(or.Left)}) or ({Condition(or.Right)})",
        UnaryExpression { NodeType: ExpressionType.Not } not => $"not ({Condition(not.Operand)})",
        BinaryExpression comparison => Comparison(comparison),
        MethodCallExpression { Method.Name: nameof(Equals), Arguments.Count: 1, Object: { } left } call => Compare(left, "eq", call.Arguments[0]),
        MethodCallExpression { Method.Name: nameof(Equals), Arguments.Count: 2, Object: null } call => Compare(call.Arguments[0], "eq", call.Arguments[1]),
        _ when expression.Type == typeof(bool) && PropertyName(expression) is { } name => $"{name} eq true",
        _ => throw Unsupported(expression),
    };

    private string Comparison(BinaryExpression comparison)
    {
        string operation = Operator(comparison);
        return comparison.Left switch
        {
            // string.Compare(e.RowKey, "x") >= 0 and e.RowKey.CompareTo("x") >= 0 are how C# compares texts.
            MethodCallExpression { Method.Name: nameof(string.Compare), Object: null, Arguments.Count: 2 } call when IsZero(comparison.Right) =>
                Compare(call.Arguments[0], operation, call.Arguments[1]),
            MethodCallExpression { Method.Name: nameof(string.CompareTo), Object: { } left } call when IsZero(comparison.Right) =>
                Compare(left, operation, call.Arguments[0]),
            _ => Compare(comparison.Left, operation, comparison.Right),
        };
    }

    private string Compare(Expression left, string operation, Expression right)
    {
        if (UsesEntity(left)) return $"{RequiredName(left)} {operation} {Literal(left, right)}";
        string turned = operation switch { "lt" => "gt", "le" => "ge", "gt" => "lt", "ge" => "le", _ => operation };
        return $"{RequiredName(right)} {turned} {Literal(right, left)}";
    }

    /// <summary>The compiler compares enums as integers; they are stored as their names.</summary>
    private string Literal(Expression property, Expression value)
    {
        if (UsesEntity(value)) throw Unsupported(value);
        var type = Unwrap(property).Type;
        type = Nullable.GetUnderlyingType(type) ?? type;
        object? evaluated = Evaluate(value);
        return ODataLiteral.Of(type.IsEnum && evaluated is not null ? Enum.ToObject(type, evaluated) : evaluated);
    }

    private string RequiredName(Expression expression) => PropertyName(expression) ?? throw Unsupported(expression);

    private string? PropertyName(Expression expression) => Unwrap(expression) switch
    {
        MemberExpression { Member.Name: nameof(TableItem.Name), Expression: var owner } when owner == _entity && _entity.Type == typeof(TableItem) => "TableName",
        MemberExpression { Expression: { } owner } member when Unwrap(owner) == _entity => EntityShape.NameOf(member.Member),
        MethodCallExpression { Object: { } owner, Arguments: [var key], Method.Name: var method } when Unwrap(owner) == _entity
            && (method == "get_Item" || method.StartsWith("Get", StringComparison.Ordinal)) => (string)Evaluate(key)!,
        _ => null,
    };

    private static Expression Unwrap(Expression expression) => expression switch
    {
        UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked or ExpressionType.TypeAs } convert => Unwrap(convert.Operand),
        MemberExpression { Member.Name: nameof(Nullable<>.Value), Expression: { } inner } when Nullable.GetUnderlyingType(inner.Type) is not null => Unwrap(inner),
        _ => expression,
    };

    private static string Operator(BinaryExpression comparison) => comparison.NodeType switch
    {
        ExpressionType.Equal => "eq",
        ExpressionType.NotEqual => "ne",
        ExpressionType.LessThan => "lt",
        ExpressionType.LessThanOrEqual => "le",
        ExpressionType.GreaterThan => "gt",
        ExpressionType.GreaterThanOrEqual => "ge",
        _ => throw Unsupported(comparison),
    };

    private static bool IsZero(Expression expression) => expression is ConstantExpression { Value: 0 };

    private static object? Evaluate(Expression expression) => expression is ConstantExpression constant
        ? constant.Value
        : Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)();

    private static NotSupportedException Unsupported(Expression expression) => new($"'{expression}' cannot be translated into a filter of the Table service.");

    private bool UsesEntity(Expression expression)
    {
        var search = new Search(_entity);
        search.Visit(expression);
        return search.Found;
    }

    private sealed class Search(ParameterExpression wanted) : ExpressionVisitor
    {
        internal bool Found { get; private set; }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            Found |= node == wanted;
            return node;
        }
    }
}
