namespace CxDesk.Data.People;

/// <summary>What a key may do. The numbers are stored.</summary>
[Flags]
public enum ApiKeyScopes
{
    None = 0,
    /// <summary>Writes answers and measurements.</summary>
    Ingest = 1,
    /// <summary>Reads everything, and the hub.</summary>
    Read = 2,
    /// <summary>Acts on cases.</summary>
    Desk = 4,
}
