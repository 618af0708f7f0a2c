namespace CxDesk.Web.Shell;

/// <summary>How a score is written.</summary>
public enum ScoreKind
{
    /// <summary>CSAT, CES, ratings: two decimals and ±.</summary>
    Mean,

    /// <summary>−100 … 100: signed whole number, low – high.</summary>
    Nps,

    /// <summary>A share from 0 to 1, written in per cent: low – high.</summary>
    Share,
}
