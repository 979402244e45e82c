namespace LiveDesk.Local.ProviderSimulator.Core;

/// <summary>A control request that makes no sense; answered with its text.</summary>
public sealed class ControlException(int status, string detail) : Exception(detail)
{
    public int Status { get; } = status;
}
