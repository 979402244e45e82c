namespace LiveDesk.Tests.Timelines;

/// <summary>A customer of a story and the number that the customer writes to.</summary>
internal sealed record Customer(string Name, string Number, string Channel)
{
    /// <summary>Writes to people who are not there yet.</summary>
    public static readonly Customer Dora = new("Dora", "+34600000001", "Almacén");

    /// <summary>Writes to a machine, and wants a person.</summary>
    public static readonly Customer Bruno = new("Bruno", "+34600000002", "Soporte");

    /// <summary>Writes to somebody who is there.</summary>
    public static readonly Customer Carla = new("Carla", "+34600000003", "Ventas");

    public static readonly IReadOnlyList<Customer> All = [Dora, Bruno, Carla];
}
