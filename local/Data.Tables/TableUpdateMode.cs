namespace Azure.Data.Tables;

/// <summary>What becomes of properties that the stored entity has and the new one lacks.</summary>
public enum TableUpdateMode
{
    /// <summary>They stay. A null value counts as lacking.</summary>
    Merge = 0,

    /// <summary>They are removed.</summary>
    Replace = 1,
}
