using System.Reflection;

namespace LiveDesk.Local;

/// <summary>Calls a function's method and awaits what it returns.</summary>
internal static class MethodCall
{
    /// <summary>The awaited result; null for void, Task and ValueTask. What the method throws comes through as it is.</summary>
    public static async Task<object?> InvokeAsync(MethodInfo method, object? instance, object?[] arguments)
    {
        object? returned = method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        Task? task = returned switch
        {
            Task already => already,
            ValueTask plain => plain.AsTask(),
            _ when IsValueTaskOfT(method.ReturnType) => (Task)method.ReturnType.GetMethod(nameof(ValueTask.AsTask))!.Invoke(returned, null)!,
            _ => null,
        };
        if (task is null)
            return returned;
        await task;
        // An async method without a result returns a Task<VoidTaskResult>: the declared type decides.
        return ResultType(method) is null ? null : task.GetType().GetProperty(nameof(Task<>.Result))!.GetValue(task);
    }

    /// <summary>What the caller gets once the method is done; null for nothing.</summary>
    public static Type? ResultType(MethodInfo method)
    {
        Type type = method.ReturnType;
        if (type == typeof(void) || type == typeof(Task) || type == typeof(ValueTask))
            return null;
        return IsValueTaskOfT(type) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>)) ? type.GetGenericArguments()[0] : type;
    }

    private static bool IsValueTaskOfT(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>);
}
