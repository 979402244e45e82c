namespace Microsoft.Azure.Functions.Worker;

/// <summary>The worker could not do its part of an invocation.</summary>
public class FunctionWorkerException(string message, Exception? innerException) : Exception(message, innerException)
{
    /// <summary>Without a cause.</summary>
    public FunctionWorkerException(string message) : this(message, null) { }
}

/// <summary>An input could not be turned into the parameter's type.</summary>
public class FunctionInputConverterException(string message, Exception? innerException) : FunctionWorkerException(message, innerException)
{
    /// <summary>Without a cause.</summary>
    public FunctionInputConverterException(string message) : this(message, null) { }
}
