namespace CxDesk.Data.Cases;

/// <summary>How urgent a case is; the lower number is the worse.</summary>
public enum CaseSeverity
{
    Critical = 1,
    High = 2,
    Medium = 3,
    Low = 4,
}
