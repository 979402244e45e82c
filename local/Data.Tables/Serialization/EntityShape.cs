using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Serialization;

namespace Azure.Data.Tables.Serialization;

/// <summary>How a class is stored: a property of the entity for each public property, under its name or its DataMember name.</summary>
internal sealed class EntityShape
{
    private static readonly ConcurrentDictionary<Type, EntityShape> Shapes = [];

    private EntityShape(Type type) => Members =
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0 && property.GetCustomAttribute<IgnoreDataMemberAttribute>() is null)
            .Select(property => (NameOf(property), property)),
    ];

    internal IReadOnlyList<(string Name, PropertyInfo Property)> Members { get; }

    internal static EntityShape Of(Type type) => Shapes.GetOrAdd(type, static t => new EntityShape(t));

    internal static string NameOf(MemberInfo member) => member.GetCustomAttribute<DataMemberAttribute>()?.Name ?? member.Name;
}
