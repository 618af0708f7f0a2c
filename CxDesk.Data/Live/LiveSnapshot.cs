using System.Text.Json.Serialization;
using CxDesk.Data.Cases;
using CxDesk.Data.Feed;
using CxDesk.Data.Ingest;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Data.Walls;

namespace CxDesk.Data.Live;

/// <summary>A board at one moment, for one scope of viewers. Serialised it is what GET /live and the hub give.</summary>
public sealed record LiveSnapshot : IVersioned
{
    public required long Version { get; init; }

    /// <summary>When it was read.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The newest answer in the window; null when there is none.</summary>
    public required DateTimeOffset? NewestAt { get; init; }

    public required string Window { get; init; }
    public required string By { get; init; }

    /// <summary>Code of the region or team that it is about; null for all that the viewer sees.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Unit { get; init; }

    /// <summary>Code of the product that it is about; null for all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Product { get; init; }

    /// <summary>What it was asked for.</summary>
    [JsonIgnore] public LiveFilter Filter => new(LiveFilter.WindowOf(Window)!.Value, LiveFilter.ByOf(By)!.Value) { Unit = Unit, Product = Product };
    public required LiveScores Scores { get; init; }
    public required IReadOnlyList<LiveRow> Rows { get; init; }
    public required LiveCases Cases { get; init; }
    public required IReadOnlyList<LiveMeasure> Measures { get; init; }

    /// <summary>The newest low answers, newest first.</summary>
    public required IReadOnlyList<LiveLowAnswer> Newest { get; init; }

    /// <summary>The newest answer that this viewer's boards count, in the window or before it; null when there never was one.</summary>
    [JsonIgnore] public DateTimeOffset? LastAnswerAt { get; init; }

    /// <summary>How long its source may be silent within business hours before that is odd.</summary>
    [JsonIgnore] public TimeSpan Silence { get; init; }

    /// <summary>Name of what the scores are over.</summary>
    [JsonIgnore] public string Place { get; init; } = "";

    /// <summary>The figures on top of the board, as a wall's tiles have them.</summary>
    [JsonIgnore] public IReadOnlyList<WallFigure> Tiles { get; init; } = [];

    /// <summary>Whether the viewer sees cases and answers of the place at all, beside its figures.</summary>
    [JsonIgnore] public bool SeesRows { get; init; } = true;

    /// <summary>The place is not the viewer's own: what was answered today is shown once the day is over, and several days end with yesterday.</summary>
    [JsonPropertyName("held"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool IsHeld { get; init; }

    /// <summary>The day of the last point of every trend.</summary>
    [JsonIgnore] public DateOnly? LastDay { get; init; }

    /// <summary>The answers that the scores count, of those with a CSAT; null where <see cref="Missing"/> is said.</summary>
    [JsonIgnore] public AnswersFilter? Answers { get; init; }

    /// <summary>"unit" or "product" where the filter names one that is not there for this viewer; then nothing else of it means anything.</summary>
    [JsonIgnore] public string? Missing { get; init; }
}

/// <summary>Over everything that the viewer may see: the company, or a key's unit, or an agent's team.</summary>
public sealed record LiveScores(LiveScore Csat, LiveScore Nps, LiveScore Ces)
{
    public LiveScore Of(Metric metric) => metric switch { Metric.Csat => Csat, Metric.Nps => Nps, Metric.Ces => Ces };
}

/// <summary>A score with what it rests on and what it is held against.</summary>
public record LiveScore
{
    public required long N { get; init; }

    /// <summary>Null when nothing was counted or it is withheld.</summary>
    public required double? Score { get; init; }
    public required double? Low { get; init; }
    public required double? High { get; init; }
    public required double? Target { get; init; }

    /// <summary>Score less target.</summary>
    public required double? Gap { get; init; }
    public required Standing Standing { get; init; }

    /// <summary>Why it stands there.</summary>
    [JsonIgnore] public FigureReason Reason { get; init; }

    /// <summary>Too few answers to show the figure to this viewer; n stays.</summary>
    public required bool Withheld { get; init; }

    /// <summary>The score of each of the last days, oldest first; null where there is none to show.</summary>
    public required IReadOnlyList<double?> Trend { get; init; }

    /// <summary>The newest answer counted.</summary>
    public required DateTimeOffset? NewestAt { get; init; }

    /// <summary>The viewer may open the answers behind it.</summary>
    [JsonIgnore] public bool MayOpen { get; init; }
}

/// <summary>Satisfaction (CSAT) of one region, team, product or agent.</summary>
public sealed record LiveRow : LiveScore
{
    [JsonIgnore] public int KeyId { get; init; }

    /// <summary>The code that intake sent.</summary>
    public required string Key { get; init; }
    public required string Name { get; init; }

    /// <summary>The team that stands for "no team" in its region.</summary>
    [JsonIgnore] public bool IsNoTeam { get; init; }
}

/// <summary>Open cases that the viewer may see.</summary>
public sealed record LiveCases
{
    public required int Open { get; init; }
    public required int Overdue { get; init; }

    /// <summary>Due within the next business hour.</summary>
    public required int DueSoon { get; init; }
    public required int Critical { get; init; }

    /// <summary>When the oldest of them was opened.</summary>
    public required DateTimeOffset? OldestAt { get; init; }

    /// <summary>When one of them last changed.</summary>
    public required DateTimeOffset? NewestAt { get; init; }

    /// <summary>
    /// The few that press most: the overdue first, then by severity and deadline. Among them the first overdue or critical one
    /// that nobody has, if there is one.
    /// </summary>
    public required IReadOnlyList<LiveUrgentCase> Urgent { get; init; }
}

public sealed record LiveUrgentCase
{
    [JsonIgnore] public long CaseId { get; init; }
    public string Id => $"C-{CaseId}";

    /// <summary>Counts up when it is reopened.</summary>
    [JsonIgnore] public int Breach { get; init; }
    public required CaseSeverity Severity { get; init; }
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>Since when it is overdue, if it is.</summary>
    public required DateTimeOffset DueAt { get; init; }
    public required bool Overdue { get; init; }

    /// <summary>Somebody owns it, named or not.</summary>
    public bool IsTaken { get; init; }

    /// <summary>Null while nobody has taken it, and where no names are shown.</summary>
    public required string? Owner { get; init; }
    public DateTimeOffset? OwnerSince { get; init; }

    /// <summary>It calls for somebody: overdue or critical, and nobody has it.</summary>
    [JsonIgnore] public bool Calls => !IsTaken && (Overdue || Severity == CaseSeverity.Critical);
    public required string Region { get; init; }
    public required string Product { get; init; }
}

/// <summary>An operational measure, such as the average wait.</summary>
public sealed record LiveMeasure
{
    [JsonIgnore] public int Id { get; init; }

    /// <summary>What it was judged by.</summary>
    [JsonIgnore] public MeasureSums Sums { get; init; }
    public required string Key { get; init; }
    public required string Name { get; init; }

    /// <summary>Observations.</summary>
    public required long N { get; init; }

    /// <summary>The mean of the observations in the window; null when there is none.</summary>
    public required double? Value { get; init; }
    public required MeasureUnit Unit { get; init; }

    /// <summary>Above it is out of bounds.</summary>
    public required double? Limit { get; init; }
    public required Standing Standing { get; init; }
    public required IReadOnlyList<double?> Trend { get; init; }
    public required DateTimeOffset? NewestAt { get; init; }
}

/// <summary>A low answer. Towards a display it holds no customer and its comment is masked.</summary>
public sealed record LiveLowAnswer
{
    public required DateTimeOffset At { get; init; }
    public required int? Csat { get; init; }
    public required int? Nps { get; init; }
    public required int? Ces { get; init; }
    public required string? Comment { get; init; }
    public required string Region { get; init; }
    public required string Product { get; init; }
    public required string Channel { get; init; }
    public required string? Agent { get; init; }
    public required LiveCustomer? Customer { get; init; }

    /// <summary>Reference of its case, if the viewer may see one.</summary>
    public required string? Case { get; init; }
    public required CaseSeverity? Severity { get; init; }
}

public sealed record LiveCustomer(string Id, string? Name);
