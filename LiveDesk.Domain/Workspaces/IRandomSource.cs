namespace LiveDesk.Domain.Workspaces;

/// <summary>Chance, from outside the domain.</summary>
public interface IRandomSource
{
    /// <summary>At least 0, less than 1.</summary>
    double NextDouble();

    /// <summary>Bytes that nobody can guess.</summary>
    byte[] Bytes(int count);
}
