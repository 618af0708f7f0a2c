using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Rollups;

/// <summary>The one reader of rollups: whoever shows a figure for whole days gets its sums here, and so the same figure.</summary>
public static class RollupQuery
{
    private static readonly StatementFamily<Shape> Sums = new(Shape.All, (_, s) => $"""
        SELECT g.KeyId, k.Code, k.Name, {(s.By == RollupBy.Team ? "k.IsNoTeam" : "0")} AS {nameof(RollupRow.IsNoTeam)},
               g.RegionId, g.TeamId, g.MetricId, {(s.ByDay ? "g.Day, " : "")}g.N, g.SumX, g.SumXX,
               g.V0, g.V1, g.V2, g.V3, g.V4, g.V5, g.V6, g.V7, g.V8, g.V9, g.V10, g.NewestAt, g.SumValue, g.NValue
        FROM (
            SELECT {s.Key} AS KeyId, {s.Region} AS RegionId, {s.Team} AS TeamId, r.MetricId, {(s.ByDay ? "r.Day, " : "")}
                   SUM(r.N) AS N, SUM(r.SumX) AS SumX, SUM(r.SumXX) AS SumXX,
                   SUM(r.V0) AS V0, SUM(r.V1) AS V1, SUM(r.V2) AS V2, SUM(r.V3) AS V3, SUM(r.V4) AS V4, SUM(r.V5) AS V5,
                   SUM(r.V6) AS V6, SUM(r.V7) AS V7, SUM(r.V8) AS V8, SUM(r.V9) AS V9, SUM(r.V10) AS V10, MAX(r.NewestAt) AS NewestAt,
                   SUM(r.SumValue) AS SumValue, SUM(r.NValue) AS NValue
            FROM {s.Source} r
            WHERE {(s.Counted is null ? $"r.Axis = {(int)s.Axis} AND r.Kind = @kind AND r.MetricId IN @metrics AND {s.Under}{(s.OfKey ? " AND r.KeyId = @key" : "")} AND " : "")}r.Day >= @from AND r.Day < @to AND {s.Policy}
            GROUP BY {s.Groups}r.MetricId{(s.ByDay ? ", r.Day" : "")}
        ) g
        JOIN {s.Names} k ON k.Id = g.KeyId
        ORDER BY k.Code, g.KeyId{(s.ByDay ? ", g.Day, g.TeamId, g.MetricId" : "")}
        """);

    /// <summary>One row for each key and metric that has any answer in the period.</summary>
    public static Task<IReadOnlyList<RollupRow>> Totals(Session session, Viewer viewer, RollupFilter filter) =>
        Read(session, viewer, filter, byDay: false);

    /// <summary>One row for each key, metric and day that has any answer; for agents one for each team they answered in.</summary>
    public static Task<IReadOnlyList<RollupRow>> ByDay(Session session, Viewer viewer, RollupFilter filter) =>
        Read(session, viewer, filter, byDay: true);

    private static async Task<IReadOnlyList<RollupRow>> Read(Session session, Viewer viewer, RollupFilter filter, bool byDay)
    {
        var shape = Shape.Of(viewer, filter, byDay);
        if (shape.Sight == RollupSight.None) return [];
        var parameters = RowPolicy.Parameters(viewer, new
        {
            kind = (int)filter.Kind, metrics = filter.MetricIds, from = filter.From, to = filter.To, region = filter.RegionId, team = filter.TeamId,
            agent = filter.AgentId, product = filter.ProductId, channel = filter.ChannelId, segment = filter.SegmentId, key = filter.Keys is [var (_, id), ..] ? id : (int?)null,
            // The days of the company's zone lie within a day of those of UTC.
            fromAt = Start(filter.From > DateOnly.MinValue ? filter.From.AddDays(-1) : filter.From), toAt = Start(filter.To < DateOnly.MaxValue ? filter.To.AddDays(1) : filter.To),
        });
        return await session.Query<RollupRow>(Sums[shape], parameters);

        static DateTimeOffset Start(DateOnly day) => new(day, default, TimeSpan.Zero);
    }

    private enum Level { Company, Region, Team }

    /// <param name="Axis">Of the rollups that are read.</param>
    /// <param name="OfKey">Of one key of that axis alone.</param>
    /// <param name="Counted">What is counted one by one, since no rollup knows so much together; null where a rollup does.</param>
    private sealed record Shape(RollupBy By, Level Parent, RollupSight Sight, bool ByDay, RollupAxis Axis, bool OfKey, RollupKind? Counted = null, RollupCountLead Lead = default)
    {
        private static readonly RollupAxis[] KeyAxes = [RollupAxis.Agent, RollupAxis.Product, RollupAxis.Channel, RollupAxis.Segment];

        public static readonly IEnumerable<Shape> All =
        [
            .. from what in Enum.GetValues<RollupBy>()
               from parent in Enum.GetValues<Level>()
               from sight in Enum.GetValues<RollupSight>()
               from byDay in (bool[])[false, true]
               from of in (RollupAxis?[])[null, .. KeyAxes]
               where of is null || Own(what) is RollupAxis.Team || Own(what) == of
               select new Shape(what, parent, sight, byDay, of ?? Own(what), of is not null),
            .. from what in Enum.GetValues<RollupBy>()
               from sight in Enum.GetValues<RollupSight>()
               from byDay in (bool[])[false, true]
               from kind in Enum.GetValues<RollupKind>()
               from lead in Enum.GetValues<RollupCountLead>()
               select new Shape(what, Level.Company, sight, byDay, Own(what), false, kind, lead),
        ];

        public static Shape Of(Viewer viewer, RollupFilter filter, bool byDay)
        {
            var sight = RollupSights.Of(viewer, filter.AgentId is null ? filter.By : RollupBy.Agent);
            RollupAxis[] axes = [.. filter.Keys.Select(k => k.Axis).Append(Own(filter.By)).Where(a => a != RollupAxis.Team).Distinct()];
            return axes.Length > 1
                ? new Shape(filter.By, Level.Company, sight, byDay, Own(filter.By), false, filter.Kind, RollupCounts.LeadOf(filter))
                : new Shape(filter.By, filter.TeamId is not null ? Level.Team : filter.RegionId is not null ? Level.Region : Level.Company,
                    sight, byDay, axes is [var axis] ? axis : RollupAxis.Team, filter.Keys.Count > 0);
        }

        private static RollupAxis Own(RollupBy by) => by switch
        {
            RollupBy.Company or RollupBy.Region or RollupBy.Team => RollupAxis.Team,
            RollupBy.Agent => RollupAxis.Agent,
            RollupBy.Product => RollupAxis.Product,
            RollupBy.Channel => RollupAxis.Channel,
            RollupBy.Segment => RollupAxis.Segment,
        };

        // The path to an agent's answers decides which target they are held against, so it is kept day by day.
        private bool HasPath => By == RollupBy.Agent && ByDay;

        public string Key => By switch
        {
            RollupBy.Company => "1",
            RollupBy.Region => "r.RegionId",
            RollupBy.Team => "r.TeamId",
            RollupBy.Agent or RollupBy.Product or RollupBy.Channel or RollupBy.Segment => "r.KeyId",
        };

        public string Names => By switch
        {
            RollupBy.Company or RollupBy.Region or RollupBy.Team => "Units",
            RollupBy.Agent => "(SELECT Id, COALESCE(AgentCode, Name) AS Code, Name FROM People)",
            RollupBy.Product => "Products",
            RollupBy.Channel => "Channels",
            RollupBy.Segment => "Segments",
        };

        public string Region => HasPath || By == RollupBy.Region ? "r.RegionId" : By == RollupBy.Team ? "MAX(r.RegionId)" : "0";
        public string Team => HasPath || By == RollupBy.Team ? "r.TeamId" : "0";
        public string Groups => (By == RollupBy.Company ? "" : Key + ", ") + (HasPath ? "r.RegionId, r.TeamId, " : "");
        public string Source => Counted is { } kind ? RollupCounts.Source(kind, By, Lead) : "Rollups";

        public string Policy => Counted is not null && Sight == RollupSight.Person ? "r.AgentId = @policyPerson" : RollupSights.Condition(Sight, By, "r");

        public string Under => Parent switch
        {
            Level.Company => "1 = 1",
            Level.Region => "r.RegionId = @region",
            Level.Team => "r.TeamId = @team",
        };
    }
}

/// <summary>What figures are broken down by.</summary>
public enum RollupBy { Company, Region, Team, Agent, Product, Channel, Segment }

/// <param name="From">First day, of the company's zone.</param>
/// <param name="To">The day after the last.</param>
public sealed record RollupFilter(RollupBy By, RollupKind Kind, IReadOnlyList<int> MetricIds, DateOnly From, DateOnly To)
{
    public RollupFilter(RollupBy by, Metric metric, DateOnly from, DateOnly to) : this(by, RollupKind.Score, [(int)metric], from, to) { }

    /// <summary>First day of the equally long period before.</summary>
    public DateOnly Before => From.AddDays(From.DayNumber - To.DayNumber);

    /// <summary>Only what was answered in this region.</summary>
    public int? RegionId { get; init; }

    /// <summary>Only what was answered in this team.</summary>
    public int? TeamId { get; init; }

    /// <summary>Only what was answered about this agent.</summary>
    public int? AgentId { get; init; }

    /// <summary>Only what was answered about this product.</summary>
    public int? ProductId { get; init; }

    /// <summary>Only what came in through this channel.</summary>
    public int? ChannelId { get; init; }

    /// <summary>Only what customers of this segment answered.</summary>
    public int? SegmentId { get; init; }

    /// <summary>Whether all that another filter asks for is among what this one finds.</summary>
    public bool Covers(RollupFilter other) =>
        (By, Kind, RegionId, TeamId, AgentId, ProductId, ChannelId, SegmentId) == (other.By, other.Kind, other.RegionId, other.TeamId, other.AgentId, other.ProductId, other.ChannelId, other.SegmentId)
        && From <= other.From && To >= other.To && other.MetricIds.All(MetricIds.Contains);

    /// <summary>What it is narrowed to beside the place.</summary>
    internal IReadOnlyList<(RollupAxis Axis, int Id)> Keys =>
    [
        .. AgentId is { } agent ? new[] { (RollupAxis.Agent, agent) } : [],
        .. ProductId is { } product ? new[] { (RollupAxis.Product, product) } : [],
        .. ChannelId is { } channel ? new[] { (RollupAxis.Channel, channel) } : [],
        .. SegmentId is { } segment ? new[] { (RollupAxis.Segment, segment) } : [],
    ];

    /// <summary>Whether a day's row belongs to what is asked for, among rows of a filter that covers this one.</summary>
    public bool Holds(RollupRow row) => row.Day >= From && row.Day < To && MetricIds.Contains(row.MetricId);
}

public sealed record RollupRow
{
    /// <summary>Id of the unit, person, product, channel or segment.</summary>
    public required int KeyId { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }

    /// <summary>The team that stands for "no team" in its region.</summary>
    public required bool IsNoTeam { get; init; }

    /// <summary>Of a region or team, and by day of an agent; else 0.</summary>
    public required int RegionId { get; init; }

    /// <summary>Of a team, and by day of an agent; else 0.</summary>
    public required int TeamId { get; init; }
    public required int MetricId { get; init; }

    /// <summary>Null in totals.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Answers, or observations of a measure.</summary>
    public required long N { get; init; }
    public required double SumX { get; init; }
    public required double SumXX { get; init; }
    public required long V0 { get; init; }
    public required long V1 { get; init; }
    public required long V2 { get; init; }
    public required long V3 { get; init; }
    public required long V4 { get; init; }
    public required long V5 { get; init; }
    public required long V6 { get; init; }
    public required long V7 { get; init; }
    public required long V8 { get; init; }
    public required long V9 { get; init; }
    public required long V10 { get; init; }

    /// <summary>The newest item counted.</summary>
    public required DateTimeOffset NewestAt { get; init; }

    /// <summary>What the customers of all that is counted were worth when they answered, as far as it was sent; a wall of the past does not know it.</summary>
    public decimal SumValue { get; init; }

    /// <summary>How much of what is counted had a value sent with it.</summary>
    public long NValue { get; init; }

    /// <summary>The sums of a score. Scores are whole numbers, so nothing is lost; of a measure only n is meant.</summary>
    public ScoreSums Scores => new()
    {
        N = N, Sum = (long)SumX, SumSq = (long)SumXX,
        V0 = V0, V1 = V1, V2 = V2, V3 = V3, V4 = V4, V5 = V5, V6 = V6, V7 = V7, V8 = V8, V9 = V9, V10 = V10,
    };

    /// <summary>The sums of whatever is counted.</summary>
    public IndicatorSums Sums => new(Scores, SumX, SumXX);
}
