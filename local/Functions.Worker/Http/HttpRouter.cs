using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LiveDesk.Local;

/// <summary>Finds the function for a path and a method; none is a 404, for a wrong method too, as in the official host.</summary>
internal sealed class HttpRouter
{
    /// <summary>int, guid, regex(...) and the others that ASP.NET Core knows.</summary>
    public static readonly IInlineConstraintResolver Constraints =
        new DefaultInlineConstraintResolver(Options.Create(new RouteOptions()), new ServiceCollection().BuildServiceProvider());

    public HttpRouter(IEnumerable<FunctionEntry> functions, string prefix)
    {
        Routes =
        [
            .. functions.Where(function => function.Trigger is HttpTriggerAttribute)
                .Select(function => new HttpRoute(function, prefix, Constraints))
                .OrderBy(route => route.Precedence),
        ];
        if (Routes.GroupBy(Shape, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } clash)
            throw new StartUpException($"The functions {string.Join(" and ", clash.Select(r => r.Function.Name))} have the same route '{clash.First().Template}'.");
    }

    public IReadOnlyList<HttpRoute> Routes { get; }

    public (HttpRoute Route, RouteValueDictionary Values)? Find(HttpContext context)
    {
        foreach (HttpRoute route in Routes)
        {
            if (route.Match(context) is { } values)
                return (route, values);
        }
        return null;
    }

    private static string Shape(HttpRoute route) => $"{route.Template} {string.Join(',', route.Methods.Order())}";
}
