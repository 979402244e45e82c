using System.Security.Cryptography;
using System.Text;

namespace LiveDesk.Domain.Workspaces;

/// <summary>Comparison of secrets that takes the same time wherever they differ.</summary>
public static class FixedTime
{
    public static bool Equal(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
