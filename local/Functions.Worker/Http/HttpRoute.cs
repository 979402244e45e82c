using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Local;

/// <summary>The route of one HTTP function: template, constraints, methods.</summary>
internal sealed class HttpRoute
{
    private readonly TemplateMatcher _matcher;
    private readonly List<(string Parameter, IRouteConstraint Constraint)> _constraints = [];

    public HttpRoute(FunctionEntry function, string prefix, IInlineConstraintResolver constraints)
    {
        Function = function;
        var trigger = (HttpTriggerAttribute)function.Trigger;
        AuthLevel = trigger.AuthLevel;
        Methods = [.. (trigger.Methods ?? []).Select(method => method.ToUpperInvariant())];
        Template = string.Join('/', new[] { prefix, (trigger.Route ?? function.Name).Trim('/') }.Where(part => part.Length > 0));
        try
        {
            RouteTemplate template = TemplateParser.Parse(Template);
            Precedence = RoutePrecedence.ComputeInbound(template);
            _matcher = new TemplateMatcher(template, new RouteValueDictionary(
                template.Parameters.Where(p => p.DefaultValue is not null).Select(p => KeyValuePair.Create(p.Name!, p.DefaultValue))));
            foreach (TemplatePart parameter in template.Parameters)
                AddConstraints(parameter, constraints);
        }
        catch (Exception e) when (e is ArgumentException or RouteCreationException or InvalidOperationException)
        {
            throw new StartUpException($"Function '{function.Name}': the route '{Template}' is not valid: {e.Message}");
        }
    }

    public FunctionEntry Function { get; }

    public AuthorizationLevel AuthLevel { get; }

    /// <summary>In upper case; empty for all.</summary>
    public IReadOnlyList<string> Methods { get; }

    /// <summary>With the prefix, without a leading slash.</summary>
    public string Template { get; }

    /// <summary>Lower is tried earlier: literal segments before parameters before catch-all.</summary>
    public decimal Precedence { get; }

    /// <summary>The route's values if path and method fit.</summary>
    public RouteValueDictionary? Match(HttpContext context)
    {
        if (Methods.Count > 0 && !Methods.Contains(context.Request.Method, StringComparer.OrdinalIgnoreCase))
            return null;
        var values = new RouteValueDictionary();
        return _matcher.TryMatch(context.Request.Path, values)
            && _constraints.All(c => c.Constraint.Match(context, null, c.Parameter, values, RouteDirection.IncomingRequest))
            ? values
            : null;
    }

    private void AddConstraints(TemplatePart parameter, IInlineConstraintResolver resolver)
    {
        foreach (InlineConstraint inline in parameter.InlineConstraints)
        {
            IRouteConstraint constraint = resolver.ResolveConstraint(inline.Constraint)
                ?? throw new ArgumentException($"'{inline.Constraint}' is not a constraint");
            _constraints.Add((parameter.Name!, parameter.IsOptional ? new Microsoft.AspNetCore.Routing.Constraints.OptionalRouteConstraint(constraint) : constraint));
        }
    }
}
