using CxDesk.Data.Database;

namespace CxDesk.Data.Rollups;

/// <summary>Reads frozen baselines, as they were in force at any moment.</summary>
public static class BaselineQuery
{
    private static readonly Statement Newest = new(d => $"""
        SELECT b.Axis, b.KeyId, b.Version, b.FromDay, b.ToDay, b.Days, b.Centre, b.MeanRange, b.LeastN, b.FrozenAt, b.FrozenBy
        FROM Baselines b
        WHERE b.Kind = @Kind AND b.MetricId = @MetricId AND b.Axis = @Axis AND b.KeyId = @KeyId AND b.FrozenAt <= @at
        ORDER BY b.Version DESC {d.Limit("1")}
        """);

    private static readonly Statement OfMetric = new("""
        SELECT b.Axis, b.KeyId, b.Version, b.FromDay, b.ToDay, b.Days, b.Centre, b.MeanRange, b.LeastN, b.FrozenAt, b.FrozenBy
        FROM Baselines b
        WHERE b.Kind = @kind AND b.MetricId = @metricId AND NOT EXISTS (
            SELECT 1 FROM Baselines n
            WHERE n.Kind = b.Kind AND n.MetricId = b.MetricId AND n.Axis = b.Axis AND n.KeyId = b.KeyId AND n.Version > b.Version)
        """);

    /// <returns>The baselines of a metric that hold now. They are of whole places, and who may see a place's figures may see its range.</returns>
    public static async Task<IReadOnlyDictionary<BaselineSubject, BaselineRow>> Now(Session session, RollupKind kind, int metricId) =>
        (await session.Query<BaselineRow>(OfMetric, new { kind = (int)kind, metricId })).ToDictionary(b => new BaselineSubject(kind, metricId, b.Axis, b.KeyId));

    /// <returns>The baseline that held at an instant; null where none had been frozen by then.</returns>
    public static Task<BaselineRow?> InForce(Session session, BaselineSubject subject, DateTimeOffset at) =>
        session.First<BaselineRow>(Newest, new { Kind = (int)subject.Kind, subject.MetricId, subject.Axis, subject.KeyId, at });
}

/// <summary>Whose days a chart shows: a unit, agent or product, and of what.</summary>
/// <param name="Axis">0 a unit, else as in Rollups.</param>
public readonly record struct BaselineSubject(RollupKind Kind, int MetricId, int Axis, int KeyId)
{
    /// <summary>The subject of a row of a breakdown; null where none is kept: a channel.</summary>
    public static BaselineSubject? Of(RollupBy by, RollupKind kind, int metricId, int keyId) => by switch
    {
        RollupBy.Company or RollupBy.Region or RollupBy.Team => new(kind, metricId, 0, keyId),
        RollupBy.Agent => new(kind, metricId, (int)RollupAxis.Agent, keyId),
        RollupBy.Product => new(kind, metricId, (int)RollupAxis.Product, keyId),
        RollupBy.Channel or RollupBy.Segment => null,
    };
}

public sealed record BaselineRow
{
    public required int Axis { get; init; }
    public required int KeyId { get; init; }
    public required int Version { get; init; }
    public required DateOnly FromDay { get; init; }

    /// <summary>The day after the last.</summary>
    public required DateOnly ToDay { get; init; }
    public required int Days { get; init; }
    public required double Centre { get; init; }
    public required double MeanRange { get; init; }
    public required long LeastN { get; init; }
    public required DateTimeOffset FrozenAt { get; init; }
    public required string FrozenBy { get; init; }

    public XmrBaseline Baseline => new(FromDay, ToDay, Days, Centre, MeanRange, LeastN);
}
