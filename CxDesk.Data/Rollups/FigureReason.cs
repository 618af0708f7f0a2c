namespace CxDesk.Data.Rollups;

/// <summary>Why a tile has its colour. The sentence is <c>Reason.{Code}</c> in the reader's language, with the numbers beside.</summary>
public enum FigureReason
{
    None,
    NoAnswers,
    TooFew,
    NoTarget,

    /// <summary>At the target or over it. Good.</summary>
    OnTarget,

    /// <summary>Under the target by what chance explains. Says nothing: no colour.</summary>
    PerhapsUnder,

    /// <summary>Under the target, at the weaker of the two levels. Watch.</summary>
    ProbablyUnder,

    /// <summary>Under the target, for certain. Bad.</summary>
    Under,

    /// <summary>A special cause on the chart of days, downward.</summary>
    FallingForCertain,

    /// <summary>A special cause on the chart of days, upward.</summary>
    RisingForCertain,

    /// <summary>A measure over its limit by what chance explains. No colour.</summary>
    PerhapsOver,

    /// <summary>A measure over its limit, at the weaker of the two levels. Watch.</summary>
    ProbablyOver,

    /// <summary>A measure over its limit, for certain. Bad.</summary>
    OverLimit,
    WithinLimit,
    CasesOverdue,
    CasesCritical,
    CasesDueSoon,
    CasesInTime,
    NoCases,
}
