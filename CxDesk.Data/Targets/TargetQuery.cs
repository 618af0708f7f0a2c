using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Targets;

/// <summary>Targets as they were set, newest first. They are aims, not answers: everybody who is signed in may read them.</summary>
public static class TargetQuery
{
    private static readonly Statement Everything = new($"""
        SELECT t.Id, t.UnitId, t.ProductId, t.ChannelId, t.SegmentId, t.Kind, t.MetricId, t.Statistic, t.FromDay, t.Target, t.IsEnd,
               t.Source, t.Note, t.BaselineFrom, t.BaselineTo, t.BaselineN, t.CreatedAt, t.CreatedBy
        FROM Targets t ORDER BY t.FromDay DESC, t.Id DESC
        """);

    private static readonly Statement AllRules = new("SELECT r.Id, r.FromDay, r.Source1, r.Source2, r.Source3, r.CreatedAt, r.CreatedBy FROM TargetRules r ORDER BY r.FromDay DESC, r.Id DESC");

    /// <summary>Every target of every indicator, past ones too.</summary>
    public static Task<IReadOnlyList<TargetRow>> All(Session session) => session.Query<TargetRow>(Everything);

    /// <summary>Every rule, past ones too.</summary>
    public static Task<IReadOnlyList<TargetRuleRow>> Rules(Session session) => session.Query<TargetRuleRow>(AllRules);

    /// <summary>Says which target is in force for what, and when.</summary>
    public static async Task<TargetResolver> Resolver(Session session, UnitTree units) => 
        new(await All(session), units, new TargetRules(await Rules(session)));
}

/// <summary>Where a target comes from. The numbers are stored.</summary>
public enum TargetSource
{
    /// <summary>What the industry reaches.</summary>
    Industry = 1,

    /// <summary>What we reached ourselves: in the same period last year, or in another past one.</summary>
    OwnBaseline = 2,

    /// <summary>What management set.</summary>
    Management = 3,
}

/// <summary>One target of one unit, product, channel or segment, from a day on.</summary>
public sealed record TargetRow
{
    public required int Id { get; init; }
    public required int? UnitId { get; init; }
    public required int? ProductId { get; init; }
    public required int? ChannelId { get; init; }
    public int? SegmentId { get; init; }
    public required RollupKind Kind { get; init; }
    public required int MetricId { get; init; }

    /// <summary>As stored: 0 the metric's own, 1 the share of the top two.</summary>
    public int Statistic { get; init; }
    public required DateOnly FromDay { get; init; }

    /// <summary>In the indicator's own unit; 0 where it ends.</summary>
    public required double Target { get; init; }

    /// <summary>From this day on the source has no number here.</summary>
    public bool IsEnd { get; init; }
    public required TargetSource Source { get; init; }
    public required string? Note { get; init; }

    /// <summary>The first of the days that an own baseline is the value of.</summary>
    public DateOnly? BaselineFrom { get; init; }

    /// <summary>The day after the last of them.</summary>
    public DateOnly? BaselineTo { get; init; }

    /// <summary>How many answers or observations they had.</summary>
    public long? BaselineN { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }

    public TargetMeasure Measure => new(Kind, MetricId, Statistic == (int)IndicatorStatistic.TopTwo);

    public TargetSubject Subject =>
        ProductId is { } product ? TargetSubject.Product(product)
        : ChannelId is { } channel ? TargetSubject.Channel(channel)
        : SegmentId is { } segment ? TargetSubject.Segment(segment)
        : TargetSubject.Unit(UnitId ?? throw new InvalidOperationException($"Target {Id} is of no unit, product, channel or segment."));
}
