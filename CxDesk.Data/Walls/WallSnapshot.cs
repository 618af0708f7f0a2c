using System.Text.Json.Serialization;
using CxDesk.Data.Feed;
using CxDesk.Data.Ingest;
using CxDesk.Data.Live;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Walls;

/// <summary>A wall at one moment, all pages of it, as a display sees it. Serialised it is what the hub gives for <c>wall:{code}</c>.</summary>
public sealed record WallSnapshot : IVersioned
{
    public required long Version { get; init; }

    /// <summary>When it was read.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Code of the wall.</summary>
    public required string Wall { get; init; }

    /// <summary>Version of the document that it was laid out by.</summary>
    public required int WallVersion { get; init; }
    public required string Name { get; init; }
    public required string Place { get; init; }
    public required IReadOnlyList<WallPageFigures> Pages { get; init; }

    /// <summary>How the wall is set up to be shown: dwell, night, sound.</summary>
    [JsonIgnore] public WallDocument Document { get; init; } = new() { Pages = [] };

    /// <summary>The screen is to be dim now: <see cref="WallDocument.Night"/>.</summary>
    public bool IsNight { get; init; }

    /// <summary>The newest answer of the company; null when there never was one.</summary>
    public required DateTimeOffset? NewestAt { get; init; }

    /// <summary>There is no such wall, any more: nothing is to be shown.</summary>
    [JsonIgnore] public bool IsGone { get; init; }

    /// <summary>
    /// Of <c>wall:main</c> alone: the live board of today by region, as a display sees it. Programs that ask for that wall have
    /// always been given these fields beside the rest.
    /// </summary>
    [JsonIgnore] public LiveSnapshot? Today { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Window => Today?.Window;
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? By => Today?.By;
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public LiveScores? Scores => Today?.Scores;
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyList<LiveRow>? Rows => Today?.Rows;
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public LiveCases? Cases => Today?.Cases;
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyList<LiveMeasure>? Measures => Today?.Measures;
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyList<LiveLowAnswer>? Newest => Today?.Newest;

    /// <summary>What is left of a wall that there is no more.</summary>
    public static WallSnapshot Gone(string code, long version, DateTimeOffset asOf) => new()
    {
        Version = version, AsOf = asOf, Wall = code, WallVersion = 0, Name = "", Place = "", Pages = [], Document = new WallDocument { Pages = [] },
        NewestAt = null, IsGone = true,
    };
}

public sealed record WallPageFigures
{
    public required int DwellSeconds { get; init; }
    public required IReadOnlyList<WallFigure> Tiles { get; init; }
}

/// <summary>What one tile shows at one moment.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ScoreFigure), "score")]
[JsonDerivedType(typeof(NumberFigure), "number")]
[JsonDerivedType(typeof(TrendFigure), "trend")]
[JsonDerivedType(typeof(CasesFigure), "cases")]
[JsonDerivedType(typeof(MeasureFigure), "measure")]
[JsonDerivedType(typeof(CommentsFigure), "comments")]
[JsonDerivedType(typeof(MoversFigure), "movers")]
[JsonDerivedType(typeof(LeadersFigure), "leaders")]
public abstract record WallFigure
{
    /// <summary>Unique in the wall, and the same as long as the tile asks for the same.</summary>
    public required string Key { get; init; }

    /// <summary>What it is about: "North", "Net", "Anna Holm"; empty for the whole company.</summary>
    public required string Subject { get; init; }
    public required string Window { get; init; }

    /// <summary>The newest item that it counts; null when it counts none.</summary>
    public required DateTimeOffset? NewestAt { get; init; }

    /// <summary>How long its source may be silent within business hours before that is odd; null: as long as it likes.</summary>
    public required TimeSpan? Silence { get; init; }
    public required Standing Standing { get; init; }
    public required FigureReason Reason { get; init; }

    /// <summary>Since when <see cref="Reason"/> has held without a break; null where that is not known.</summary>
    public DateTimeOffset? Since { get; init; }
    public required WallTileSpec Spec { get; init; }

    /// <summary>A score of fewer answers is not shown.</summary>
    [JsonIgnore] public int MinimumN { get; init; } = ScoreStatistics.MinimumN;
}

public sealed record ScoreFigure : WallFigure
{
    public required LiveScore Score { get; init; }
}

/// <summary>One big number.</summary>
public sealed record NumberFigure : WallFigure
{
    /// <summary>Null where it is withheld. Answers and low answers are those to the tile's metric.</summary>
    public required long? Value { get; init; }
}

/// <summary>A score or measure by day, with the limits of what is usual (XmR chart) from a frozen baseline.</summary>
public sealed record TrendFigure : WallFigure
{
    public required IReadOnlyList<TrendPoint> Points { get; init; }

    /// <summary>Null while there are too few days for a baseline.</summary>
    public required TrendLimits? Limits { get; init; }
    /// <summary>What the window comes to, with its interval; the value is null where there is none to show.</summary>
    public Score Now { get; init; }
    public required double? Target { get; init; }

    /// <summary>Name of the measure; null for a score.</summary>
    public string? Measure { get; init; }
    public MeasureUnit? Unit { get; init; }
}

/// <param name="Value">Null for a day without answers, or with too few to show.</param>
/// <param name="IsSpecial">A rule of the chart says that it is no chance.</param>
public sealed record TrendPoint(DateOnly Day, long N, double? Value, bool IsSpecial);

/// <summary>The natural process limits of an XmR chart: centre ± 2.66 times the mean moving range of the baseline.</summary>
public sealed record TrendLimits(double Centre, double Lower, double Upper, DateOnly From, DateOnly To);

public sealed record CasesFigure : WallFigure
{
    public required LiveCases Cases { get; init; }
}

public sealed record MeasureFigure : WallFigure
{
    public required LiveMeasure Measure { get; init; }
}

/// <summary>The newest comments, masked: no customer's name, number or address.</summary>
public sealed record CommentsFigure : WallFigure
{
    public required IReadOnlyList<LiveLowAnswer> Comments { get; init; }
}

/// <summary>Who changed most against the equally long time before, the clear changes first.</summary>
public sealed record MoversFigure : WallFigure
{
    public required IReadOnlyList<MoverRow> Rows { get; init; }
}

public sealed record MoverRow(string Key, string Name, long N, double? Score, double? Change, Verdict Verdict);

/// <summary>A fair order: shrunken estimates, each with the ranks that it may have.</summary>
public sealed record LeadersFigure : WallFigure
{
    public required IReadOnlyList<LeaderRow> Rows { get; init; }

    /// <summary>How many have answers enough to be ranked.</summary>
    public required int Ranked { get; init; }
}

/// <param name="BestRank">The best rank that the data leave possible, from 1.</param>
/// <param name="WorstRank">The worst; where ranges overlap the places are shared.</param>
public sealed record LeaderRow(string Key, string Name, long N, double? Score, double? Low, double? High, int BestRank, int WorstRank);
