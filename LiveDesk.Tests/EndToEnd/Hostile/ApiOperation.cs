using System.Reflection;
using LiveDesk.Domain.Assignment;
using LiveDesk.Functions;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Tests.EndToEnd.Hostile;

/// <summary>An operation of the API as its function declares it, so that a new one is attacked as soon as it exists.</summary>
internal sealed record ApiOperation(string Function, HttpMethod Method, string Route, Role MinimumRole)
{
    public static readonly IReadOnlyList<ApiOperation> All =
    [
        .. from type in typeof(LiveDeskOptions).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
           let function = method.GetCustomAttribute<FunctionAttribute>()
           let operation = method.GetCustomAttribute<OperationAttribute>()
           let trigger = method.GetParameters().Select(p => p.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(t => t is not null)
           where function is not null && operation is not null && trigger is not null
           from verb in trigger.Methods!
           orderby trigger.Route, verb
           select new ApiOperation(function.Name, HttpMethod.Parse(verb), trigger.Route!, operation.MinimumRole),
    ];

    public IEnumerable<string> Parameters =>
        Route.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}').Split(':')[0]);

    public string Path(IReadOnlyDictionary<string, string> values) => "/api/" + string.Join('/', Route.Split('/').Select(part =>
        part.StartsWith('{') ? values.GetValueOrDefault(part.Trim('{', '}').Split(':')[0], "x") : part));
}
