using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Rollups;

/// <summary>The one reader of rollups: whoever shows a figure for whole days gets its sums here, and so the same figure.</summary>
public static class RollupQuery
{
    private static readonly StatementFamily<Shape> Sums = new(Shape.All, (_, s) => $"""
        SELECT g.KeyId, k.Code, k.Name, {(s.By == RollupBy.Team ? "k.IsNoTeam" : "0")} AS {nameof(RollupRow.IsNoTeam)},
               g.RegionId, g.TeamId, g.MetricId, {(s.ByDay ? "g.Day, " : "")}g.N, g.SumX, g.SumXX, {s.Values(v => $"g.{v}, ")}g.NewestAt, g.SumValue, g.NValue
        FROM (
            SELECT {s.Key} AS KeyId, {s.Region} AS RegionId, {s.Team} AS TeamId, r.MetricId, {(s.ByDay ? "r.Day, " : "")}
                   SUM(r.N) AS N, SUM(r.SumX) AS SumX, SUM(r.SumXX) AS SumXX, {s.Values(v => $"SUM(r.{v}) AS {v}, ")}
                   MAX(r.NewestAt) AS NewestAt, SUM(r.SumValue) AS SumValue, SUM(r.NValue) AS NValue
            FROM {s.Source} r
            WHERE {s.Where}{s.Policy}
            GROUP BY {s.Groups}r.MetricId{(s.ByDay ? ", r.Day" : "")}
        ) g
        JOIN {s.Names} k ON k.Id = g.KeyId
        ORDER BY k.Code, g.KeyId{(s.ByDay ? ", g.Day, g.TeamId, g.MetricId" : "")}
        """);

    /// <summary>One row for each key and metric that has any answer in the period.</summary>
    /// <param name="counting">The blocks that count, where they were read already.</param>
    public static Task<IReadOnlyList<RollupRow>> Totals(Session session, Viewer viewer, RollupFilter filter, IReadOnlySet<RollupBlock>? counting = null) =>
        Read(session, viewer, filter, Split.None, counting: counting);

    /// <summary>One row for each key, metric and day that has any answer; for agents one for each team they answered in.</summary>
    public static Task<IReadOnlyList<RollupRow>> ByDay(Session session, Viewer viewer, RollupFilter filter) =>
        Read(session, viewer, filter, Split.Days);

    /// <summary>
    /// As <see cref="ByDay"/>, from blocks where there are any: where a whole week from a Monday on lies in the period, its seven
    /// days may come as one row, of its Monday.
    /// </summary>
    /// <param name="largest">Days of the longest block that is taken: 1 or <see cref="RollupBlocks.Week"/>.</param>
    /// <param name="cuts">Days that no week reaches over, as the first of a new target.</param>
    /// <param name="counting">The blocks that count, where they were read already.</param>
    /// <param name="agents">Of agents: only these; null for all.</param>
    public static Task<IReadOnlyList<RollupRow>> ByBlock(
        Session session, Viewer viewer, RollupFilter filter, int largest, IReadOnlyCollection<DateOnly> cuts, IReadOnlySet<RollupBlock>? counting = null, IReadOnlyList<int>? agents = null) =>
        Read(session, viewer, filter, Split.Days, largest, cuts, counting, agents);

    /// <summary>
    /// One row for each agent and each team they answered in, between any two cuts: of its <see cref="RollupRow.Day"/> is the first
    /// day of its part of the period. Added up where the rows lie, since a thousand agents have fifty thousand in a year.
    /// </summary>
    /// <inheritdoc cref="ByBlock"/>
    public static async Task<IReadOnlyList<RollupRow>> ByPath(Session session, Viewer viewer, RollupFilter filter, IReadOnlyCollection<DateOnly> cuts, IReadOnlySet<RollupBlock>? counting = null)
    {
        var rows = new List<RollupRow>();
        DateOnly[] starts = [filter.From, .. cuts.Where(cut => cut > filter.From && cut < filter.To).Order()];
        for (var i = 0; i < starts.Length; i++)
        {
            var part = filter with { From = starts[i], To = i + 1 < starts.Length ? starts[i + 1] : filter.To };
            rows.AddRange((await Read(session, viewer, part, Split.Paths, counting: counting)).Select(row => row with { Day = part.From }));
        }
        return rows;
    }

    private static async Task<IReadOnlyList<RollupRow>> Read(
        Session session, Viewer viewer, RollupFilter filter, Split split, int? largest = null, IReadOnlyCollection<DateOnly>? cuts = null, IReadOnlySet<RollupBlock>? counting = null,
        IReadOnlyList<int>? agents = null)
    {
        var shape = Shape.Of(viewer, filter, split);
        // What is counted one by one is left out afterwards.
        var ofAgents = agents is not null && filter.AgentId is null && shape is { By: RollupBy.Agent, Counted: null };
        if (ofAgents) shape = shape with { OfKey = true };
        if (shape.Sight == RollupSight.None) return [];
        RollupCover? cover = null;
        if (shape.MayTakeBlocks && (largest is not null || split != Split.Days) && filter.To.DayNumber - filter.From.DayNumber is > 1 and <= RollupBlocks.LongestDays)
        {
            cover = RollupBlocks.Cover(filter.From, filter.To, counting ?? await RollupBlocks.Counting(session, filter.From, filter.To), largest ?? RollupBlocks.Sizes[^1], cuts ?? []);
            if (shape.NeedsTeams) cover = cover with { Days = [.. cover.Days, .. cover.Ones], Ones = [] };
            // One team is sought day by day in each region, rather than found among all teams of all days.
            if (cover.IsWorthIt || (shape.Parent == Level.Team && cover.Fits)) shape = shape with { Grain = shape.NeedsTeams ? RollupGrain.TeamBlocks : RollupGrain.RegionBlocks };
        }
        var parameters = RowPolicy.Parameters(viewer, new
        {
            kind = (int)filter.Kind, metrics = filter.MetricIds, from = filter.From, to = filter.To, region = filter.RegionId, team = filter.TeamId,
            agent = filter.AgentId, product = filter.ProductId, channel = filter.ChannelId, segment = filter.SegmentId, keys = ofAgents ? agents : [.. filter.Keys.Take(1).Select(k => k.Id)],
            // The days of the company's zone lie within a day of those of UTC.
            fromAt = Start(filter.From > DateOnly.MinValue ? filter.From.AddDays(-1) : filter.From), toAt = Start(filter.To < DateOnly.MaxValue ? filter.To.AddDays(1) : filter.To),
            days = cover?.Days, ones = cover?.Ones, weeks = cover?.Weeks, fours = cover?.Fours,
        });
        var rows = await session.Query<RollupRow>(Sums[shape], parameters);
        return agents is null || ofAgents ? rows : [.. rows.Where(row => agents.Contains(row.KeyId))];

        static DateTimeOffset Start(DateOnly day) => new(day, default, TimeSpan.Zero);
    }

    private enum Level { Company, Region, Team }

    /// <summary>What the rows of a key are parted by: nothing; the teams of an agent; the days, and those.</summary>
    private enum Split { None, Paths, Days }

    /// <summary>Days of rollups; these with blocks (<see cref="RollupBlocks"/>) of teams, or of whole regions.</summary>
    private enum RollupGrain { Days, TeamBlocks, RegionBlocks }

    /// <param name="Axis">Of the rollups that are read.</param>
    /// <param name="OfKey">Of one key of that axis alone.</param>
    /// <param name="Counted">What is counted one by one, since no rollup knows so much together; null where a rollup does.</param>
    private sealed record Shape(RollupBy By, Level Parent, RollupSight Sight, Split Split, RollupAxis Axis, bool OfKey, RollupKind? Counted = null, RollupCountLead Lead = default,
        RollupGrain Grain = RollupGrain.Days, bool WithValues = true)
    {
        private static readonly RollupAxis[] KeyAxes = [RollupAxis.Agent, RollupAxis.Product, RollupAxis.Channel, RollupAxis.Segment];

        public static readonly IEnumerable<Shape> All =
        [
            .. from what in Enum.GetValues<RollupBy>()
               from parent in Enum.GetValues<Level>()
               from sight in Enum.GetValues<RollupSight>()
               from split in Splits(what)
               from of in (RollupAxis?[])[null, .. KeyAxes]
               where of is null || Own(what) is RollupAxis.Team || Own(what) == of
               let shape = new Shape(what, parent, sight, split, of ?? Own(what), of is not null)
               from grain in shape.Grains
               from withValues in (bool[])[true, false]
               select shape with { Grain = grain, WithValues = withValues },
            .. from what in Enum.GetValues<RollupBy>()
               from sight in Enum.GetValues<RollupSight>()
               from split in Splits(what)
               from kind in Enum.GetValues<RollupKind>()
               from lead in Enum.GetValues<RollupCountLead>()
               select new Shape(what, Level.Company, sight, split, Own(what), false, kind, lead),
        ];

        private static Split[] Splits(RollupBy by) => by == RollupBy.Agent ? [Split.None, Split.Paths, Split.Days] : [Split.None, Split.Days];

        public static Shape Of(Viewer viewer, RollupFilter filter, Split split)
        {
            var sight = RollupSights.Of(viewer, filter.AgentId is null ? filter.By : RollupBy.Agent);
            RollupAxis[] axes = [.. filter.Keys.Select(k => k.Axis).Append(Own(filter.By)).Where(a => a != RollupAxis.Team).Distinct()];
            return axes.Length > 1
                ? new Shape(filter.By, Level.Company, sight, split, Own(filter.By), false, filter.Kind, RollupCounts.LeadOf(filter))
                : new Shape(filter.By, filter.TeamId is not null ? Level.Team : filter.RegionId is not null ? Level.Region : Level.Company,
                    sight, split, axes is [var axis] ? axis : RollupAxis.Team, filter.Keys.Count > 0, WithValues: filter.WithValues);
        }

        private static RollupAxis Own(RollupBy by) => by switch
        {
            RollupBy.Company or RollupBy.Region or RollupBy.Team => RollupAxis.Team,
            RollupBy.Agent => RollupAxis.Agent,
            RollupBy.Product => RollupAxis.Product,
            RollupBy.Channel => RollupAxis.Channel,
            RollupBy.Segment => RollupAxis.Segment,
        };

        /// <summary>Who sees little reads little.</summary>
        public bool MayTakeBlocks => Counted is null && Sight is RollupSight.All or RollupSight.Units;

        public bool NeedsTeams => By is RollupBy.Team or RollupBy.Agent || Axis == RollupAxis.Agent || Parent == Level.Team || Sight != RollupSight.All;

        private IEnumerable<RollupGrain> Grains => !MayTakeBlocks ? [RollupGrain.Days] : [RollupGrain.Days, NeedsTeams ? RollupGrain.TeamBlocks : RollupGrain.RegionBlocks];

        // The path to an agent's answers decides which target they are held against, so it is kept day by day.
        private bool HasPath => By == RollupBy.Agent && Split != Split.None;
        public bool ByDay => Split == Split.Days;

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
        public string Source => Counted is { } kind ? RollupCounts.Source(kind, By, Lead) : Grain == RollupGrain.Days ? "Rollups" : $"""
            (SELECT {ColumnsOf("d.Day", "d")} FROM Rollups d WHERE {Keyed("d")} AND d.Day IN @days AND {Under("d")}
             UNION ALL {OfBlocks(7, "weeks")}
             UNION ALL {OfBlocks(28, "fours")}{(Grain == RollupGrain.RegionBlocks ? " UNION ALL " + OfBlocks(1, "ones") : "")})
            """;

        public string Where => Counted is not null ? "r.Day >= @from AND r.Day < @to AND "
            : Grain == RollupGrain.Days ? $"{Keyed("r")} AND {Under("r")} AND r.Day >= @from AND r.Day < @to AND "
            : "";

        /// <summary>The columns of how many gave each value, one after the other.</summary>
        public string Values(Func<string, string> column) => WithValues ? string.Concat(Enumerable.Range(0, 11).Select(v => column($"V{v}"))) : "";

        private string ColumnsOf(string day, string of) => $"{day} AS Day, {of}.MetricId, {of}.RegionId, {of}.TeamId, {of}.KeyId, {of}.N, {of}.SumX, {of}.SumXX, {Values(v => $"{of}.{v}, ")}{of}.NewestAt, {of}.SumValue, {of}.NValue";

        private string Keyed(string of) => $"{of}.Axis = {(int)Axis} AND {of}.Kind = @kind AND {of}.MetricId IN @metrics{(OfKey ? $" AND {of}.KeyId IN @keys" : "")}";

        private string OfBlocks(int days, string list) => $"""
            SELECT {ColumnsOf("b.FromDay", "b")} FROM BlockRollups b
             WHERE b.Days = {days} AND b.FromDay IN @{list} AND b.Level = {(Grain == RollupGrain.RegionBlocks ? 2 : 3)} AND {Keyed("b")} AND {Under("b")}
            """;

        public string Policy => Counted is not null && Sight == RollupSight.Person ? "r.AgentId = @policyPerson" : RollupSights.Condition(Sight, By, "r");

        private string Under(string of) => Parent switch
        {
            Level.Company => "1 = 1",
            Level.Region => $"{of}.RegionId = @region",
            // A team may have been in several regions; they stand before it in the key.
            Level.Team => $"{(Grain == RollupGrain.Days ? "" : $"{of}.RegionId IN (SELECT u.Id FROM Units u WHERE u.Kind = 2) AND ")}{of}.TeamId = @team",
        };
    }
}
