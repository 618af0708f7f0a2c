using CxDesk.Data.Curves;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using NodaTime;

namespace CxDesk.Data.Warnings;

/// <summary>
/// The queues now: what was waited and how many low scores are to be expected of it. A queue is a team, which is what
/// measurements of the wait name (by their agent). Only what the viewer may open is counted.
/// </summary>
public static class WarningQuery
{
    public const int Weeks = 12, HeldOutWeeks = 4, LeastWeeks = 8, LeastLow = 100;

    /// <summary>Where neither the company keeps a limit nor the curve has a break.</summary>
    public const double UsualLimit = 300;

    private const int Step = 30, Longest = 40;

    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(5);

    // The waits that are told of, seconds.
    private static readonly int[] Told = [60, 180, 300, 600, 900];

    private static readonly Statement Measure = new("SELECT Id, UpperLimit FROM Measures WHERE Code = 'wait'");

    // Waits by half minutes; who waited over twenty is among the last.
    private static readonly StatementFamily<Reach> Waits = new(RowPolicy.Reaches, (d, reach) => $"""
        SELECT m.TeamId, {Hour(d, "m.MeasuredAt")} AS {nameof(WaitRow.Hour)}, {Class} AS {nameof(WaitRow.Class)}, SUM(m.Observations) AS {nameof(WaitRow.N)}, SUM(m.Value * m.Observations) AS {nameof(WaitRow.WaitSum)}
        FROM Measurements m
        WHERE m.MeasureId = @measure AND m.MeasuredAt >= @from AND m.MeasuredAt < @to AND m.TeamId IS NOT NULL AND {RowPolicy.Answers(reach, "m")}
        GROUP BY m.TeamId, {Hour(d, "m.MeasuredAt")}, {Class}
        """);

    private static readonly StatementFamily<Reach> Lows = new(RowPolicy.Reaches, (d, reach) => $"""
        SELECT a.TeamId, {Hour(d, "a.RespondedAt")} AS {nameof(LowRow.Hour)}, COUNT(*) AS {nameof(LowRow.N)}
        FROM Answers a
        WHERE a.IsLow = 1 AND a.RespondedAt >= @from AND a.RespondedAt < @to AND {RowPolicy.Answers(reach, "a")}
        GROUP BY a.TeamId, {Hour(d, "a.RespondedAt")}
        """);

    private static readonly StatementFamily<Reach> Chances = new(RowPolicy.Reaches, (_, reach) => $"""
        SELECT {Class} AS {nameof(ChanceRow.Class)}, COUNT(*) AS {nameof(ChanceRow.N)}, SUM(CASE WHEN a.IsLow = 1 THEN 1 ELSE 0 END) AS {nameof(ChanceRow.Low)}
        FROM Measurements m
        JOIN Answers a ON a.Id = m.AnswerId
        WHERE m.MeasureId = @measure AND m.MeasuredAt >= @from AND m.MeasuredAt < @to AND m.AnswerId IS NOT NULL AND {RowPolicy.Answers(reach, "m")}
        GROUP BY {Class}
        """);

    private static string Class => $"CAST(CASE WHEN m.Value < {Step * Longest} THEN m.Value / {Step} ELSE {Longest} END AS int)";

    // Hours since the first, which need not begin with the clock's: the last of them ends now.
    private static string Hour(SqlDialect d, string column) =>
        d == SqlDialect.Sqlite ? $"(unixepoch({column}) - unixepoch(@from)) / 3600" : $"DATEDIFF(second, @from, {column}) / 3600";

    /// <summary>Whence is looked ahead at a moment. Hours end there, not with the clock's: a rush is told while it lasts.</summary>
    public static DateTimeOffset Ends(DateTimeOffset now) => new(now.UtcTicks - now.UtcTicks % Grain.Ticks, TimeSpan.Zero);

    public static async Task<WarningBoard> Read(Session session, Viewer viewer, Company company)
    {
        var units = await UnitTree.Read(session);
        var to = Ends(session.Now);
        // What a wait does, and from which on is warned, is found before the weeks that the record is of: it is to tell of weeks unseen.
        var (from, held) = (to.AddDays(-7 * Weeks), to.AddDays(-7 * HeldOutWeeks));
        var measure = await session.First<MeasureRow>(Measure);
        if (measure is null) return new WarningBoard(to, UsualLimit, LimitSource.Usual, []);
        var parameters = RowPolicy.Parameters(viewer, new { measure = measure.Id, from, to });
        var chances = await session.Query<ChanceRow>(Chances[viewer.Reach], RowPolicy.Parameters(viewer, new { measure = measure.Id, from, to = held }));
        var waits = (await session.Query<WaitRow>(Waits[viewer.Reach], parameters)).ToLookup(w => w.TeamId);
        var lows = (await session.Query<LowRow>(Lows[viewer.Reach], parameters)).ToLookup(l => l.TeamId);
        var (limit, source) = await Broken(session, viewer, units, from, held) is { } at ? (at, LimitSource.Break)
            : measure.UpperLimit is { } agreed ? (agreed, LimitSource.Agreed) : (UsualLimit, LimitSource.Usual);
        var chance = Chance(chances);
        IReadOnlyList<WaitChance> told = chances.Sum(c => c.N) >= CurveFitter.LeastAnswers ? [.. Told.Select(t => new WaitChance(t, chance[Math.Min(t / Step, Longest)]))] : [];
        var slots = Slots(from, to, company);
        return new WarningBoard(to, limit, source, [.. waits.Select(w => w.Key).Select(units.Find).OfType<UnitRow>()
            .Select(team => Queue(team, units.Find(team.ParentId ?? 0), waits[team.Id], lows[team.Id], chance, told, slots, limit))
            .OrderByDescending(q => q.IsWarning).ThenBy(q => q.Refusal is not null).ThenByDescending(q => q.Forecast.Mean - q.Forecast.Usual)]);
    }

    // Where satisfaction breaks, over the same answers.
    private static async Task<double?> Broken(Session session, Viewer viewer, UnitTree units, DateTimeOffset from, DateTimeOffset to) =>
        (await IndicatorQuery.Read(session)).Find("measure:wait") is { } wait
            ? (await CurveQuery.Read(session, viewer, new CurveFilter(wait, Indicator.Csat, units.Company, from, to))).Curve.Break?.At : null;

    private static QueueWarning Queue(UnitRow team, UnitRow? region, IEnumerable<WaitRow> waits, IEnumerable<LowRow> lows, double[] chance, IReadOnlyList<WaitChance> told, int[] slots, double limit)
    {
        var hours = new QueueHour[slots.Length];
        for (var t = 0; t < hours.Length; t++) hours[t] = new QueueHour(slots[t], 0, 0, 0, 0);
        foreach (var w in waits)
            if (w.Hour is var t && t >= 0 && t < hours.Length)
                hours[t] = hours[t] with { Contacts = hours[t].Contacts + w.N, WaitSum = hours[t].WaitSum + w.WaitSum, Risk = hours[t].Risk + w.N * chance[Math.Clamp(w.Class, 0, Longest)] };
        foreach (var l in lows)
            if (l.Hour is var t && t >= 0 && t < hours.Length) hours[t] = hours[t] with { Low = l.N };
        return QueueWarning.Of(team, region, hours, told, limit);
    }

    // Never fewer low scores the longer the wait: Curves has the source.
    private static double[] Chance(IReadOnlyList<ChanceRow> rows)
    {
        var chance = new double[Longest + 1];
        var known = rows.Where(r => r.Class is >= 0 and <= Longest).OrderBy(r => r.Class).ToList();
        var fitted = IsotonicRegression.Increasing([.. known.Select(r => (double)r.Low / r.N)], [.. known.Select(r => (double)r.N)]);
        for (int c = 0, i = 0; c <= Longest && known.Count > 0; c++)
        {
            while (i + 1 < known.Count && known[i + 1].Class <= c) i++;
            chance[c] = fitted[i];
        }
        return chance;
    }

    private static int[] Slots(DateTimeOffset from, DateTimeOffset to, Company company) =>
        [.. Enumerable.Range(0, (int)(to - from).TotalHours).Select(h => Instant.FromDateTimeOffset(from.AddHours(h)).InZone(company.Zone).LocalDateTime)
            .Select(local => ((int)local.DayOfWeek - 1) * 24 + local.Hour)];

    private sealed record MeasureRow
    {
        public required int Id { get; init; }
        public required double? UpperLimit { get; init; }
    }

    private sealed record WaitRow
    {
        public required int TeamId { get; init; }
        public required int Hour { get; init; }
        public required int Class { get; init; }
        public required long N { get; init; }
        public required double WaitSum { get; init; }
    }

    private sealed record LowRow
    {
        public required int TeamId { get; init; }
        public required int Hour { get; init; }
        public required int N { get; init; }
    }

    private sealed record ChanceRow
    {
        public required int Class { get; init; }
        public required long N { get; init; }
        public required long Low { get; init; }
    }
}

/// <summary>Whence the average wait comes from which is warned.</summary>
public enum LimitSource
{
    /// <summary>Where the company's curve breaks: CxDesk.Data.Curves.</summary>
    Break,

    /// <summary>No break was found; the limit that the company keeps.</summary>
    Agreed,

    /// <summary>Neither: <see cref="WarningQuery.UsualLimit"/>.</summary>
    Usual,
}

/// <param name="At">Now, to five minutes: from here is looked ahead.</param>
/// <param name="Limit">The average wait from which is warned, seconds.</param>
public sealed record WarningBoard(DateTimeOffset At, double Limit, LimitSource Source, IReadOnlyList<QueueWarning> Queues)
{
    public DateTimeOffset Until => At.AddHours(WarningOutlook.Ahead);

    /// <summary>All queues together: a single one warns seldom.</summary>
    public WarningRecord Record => Queues.Aggregate(default(WarningRecord), (sum, q) => sum + q.Record);
}
