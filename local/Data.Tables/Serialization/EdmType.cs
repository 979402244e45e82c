namespace Azure.Data.Tables.Serialization;

/// <summary>Types that JSON cannot tell apart from text or numbers, named beside the value.</summary>
internal static class EdmType
{
    internal const string Binary = "Edm.Binary";
    internal const string Boolean = "Edm.Boolean";
    internal const string DateTime = "Edm.DateTime";
    internal const string Double = "Edm.Double";
    internal const string Guid = "Edm.Guid";
    internal const string Int32 = "Edm.Int32";
    internal const string Int64 = "Edm.Int64";
    internal const string String = "Edm.String";
}
