namespace CxDesk.Data.Measures;

/// <summary>What a measure counts in. The numbers are stored.</summary>
public enum MeasureUnit
{
    Number = 0,
    Seconds = 1,

    /// <summary>0 to 1.</summary>
    Share = 2,
}
