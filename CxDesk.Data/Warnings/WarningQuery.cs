using CxDesk.Data.Curves;
using CxDesk.Data.Database;
using CxDesk.Data.People;
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

    private static readonly Statement Measure = new("SELECT Id, UpperLimit FROM Measures WHERE Code = 'wait'");

    // Waits by half minutes; who waited over twenty is among the last.
    private static readonly StatementFamily<Reach> Waits = new(RowPolicy.Reaches, (d, reach) => $"""
        SELECT m.TeamId, {At(d, "m.MeasuredAt")} AS {nameof(WaitRow.Hour)}, {Class} AS {nameof(WaitRow.Class)}, SUM(m.Observations) AS {nameof(WaitRow.N)}, SUM(m.Value * m.Observations) AS {nameof(WaitRow.WaitSum)}
        FROM Measurements m
        WHERE m.MeasureId = @measure AND m.MeasuredAt >= @from AND m.MeasuredAt < @to AND m.TeamId IS NOT NULL AND {RowPolicy.Answers(reach, "m")}
        GROUP BY m.TeamId, {At(d, "m.MeasuredAt")}, {Class}
        """);

    private static readonly StatementFamily<Reach> Lows = new(RowPolicy.Reaches, (d, reach) => $"""
        SELECT a.TeamId, {At(d, "a.RespondedAt")} AS {nameof(LowRow.Hour)}, COUNT(*) AS {nameof(LowRow.N)}
        FROM Answers a
        WHERE a.IsLow = 1 AND a.RespondedAt >= @from AND a.RespondedAt < @to AND {RowPolicy.Answers(reach, "a")}
        GROUP BY a.TeamId, {At(d, "a.RespondedAt")}
        """);

    private static readonly StatementFamily<Reach> Chances = new(RowPolicy.Reaches, (_, reach) => $"""
        SELECT {Class} AS {nameof(ChanceRow.Class)}, COUNT(*) AS {nameof(ChanceRow.N)}, SUM(CASE WHEN a.IsLow = 1 THEN 1 ELSE 0 END) AS {nameof(ChanceRow.Low)}
        FROM Measurements m
        JOIN Answers a ON a.Id = m.AnswerId
        WHERE m.MeasureId = @measure AND m.MeasuredAt >= @from AND m.MeasuredAt < @to AND m.AnswerId IS NOT NULL AND {RowPolicy.Answers(reach, "m")}
        GROUP BY {Class}
        """);

    private static string Class => $"CAST(CASE WHEN m.Value < {Step * Longest} THEN m.Value / {Step} ELSE {Longest} END AS int)";

    private static string At(SqlDialect d, string column) => d == SqlDialect.Sqlite ? $"SUBSTR({column}, 1, 13)" : $"CONVERT(char(13), {column}, 120)";

    public static async Task<WarningBoard> Read(Session session, Viewer viewer, Company company)
    {
        var units = await UnitTree.Read(session);
        // Whole hours: what is going on in this one is told with the last.
        var to = new DateTimeOffset(session.Now.UtcDateTime.Date.AddHours(session.Now.UtcDateTime.Hour), TimeSpan.Zero);
        var from = to.AddDays(-7 * Weeks);
        var measure = await session.First<MeasureRow>(Measure);
        if (measure is null) return new WarningBoard(to, UsualLimit, []);
        var parameters = RowPolicy.Parameters(viewer, new { measure = measure.Id, from, to });
        var chances = await session.Query<ChanceRow>(Chances[viewer.Reach], parameters);
        var waits = (await session.Query<WaitRow>(Waits[viewer.Reach], parameters)).ToLookup(w => w.TeamId);
        var lows = (await session.Query<LowRow>(Lows[viewer.Reach], parameters)).ToLookup(l => l.TeamId);
        var limit = measure.UpperLimit ?? UsualLimit;
        var chance = Chance(chances);
        var isKnown = chances.Sum(c => c.N) >= CurveFitter.LeastAnswers;
        var slots = Slots(from, to, company);
        return new WarningBoard(to, limit, [.. waits.Select(w => w.Key).Select(units.Find).OfType<UnitRow>()
            .Select(team => Queue(team, units.Find(team.ParentId ?? 0), waits[team.Id], lows[team.Id], chance, isKnown, slots, from, limit))
            .OrderByDescending(q => q.IsWarning).ThenBy(q => q.Refusal is not null).ThenByDescending(q => q.Forecast.Mean - q.Forecast.Usual)]);
    }

    private static QueueWarning Queue(UnitRow team, UnitRow? region, IEnumerable<WaitRow> waits, IEnumerable<LowRow> lows, double[] chance, bool isKnown, int[] slots, DateTimeOffset from, double limit)
    {
        var hours = new QueueHour[slots.Length];
        for (var t = 0; t < hours.Length; t++) hours[t] = new QueueHour(slots[t], 0, 0, 0, 0);
        foreach (var w in waits)
            if (Index(w.Hour, from) is var t && t >= 0 && t < hours.Length)
                hours[t] = hours[t] with { Contacts = hours[t].Contacts + w.N, WaitSum = hours[t].WaitSum + w.WaitSum, Risk = hours[t].Risk + w.N * chance[Math.Clamp(w.Class, 0, Longest)] };
        foreach (var l in lows)
            if (Index(l.Hour, from) is var t && t >= 0 && t < hours.Length) hours[t] = hours[t] with { Low = l.N };
        return QueueWarning.Of(team, region, hours, isKnown, limit);
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

    private static int Index(string hour, DateTimeOffset from) =>
        (int)(DateTimeOffset.ParseExact(hour, "yyyy-MM-dd HH", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal) - from).TotalHours;

    private sealed record MeasureRow
    {
        public required int Id { get; init; }
        public required double? UpperLimit { get; init; }
    }

    private sealed record WaitRow
    {
        public required int TeamId { get; init; }
        public required string Hour { get; init; }
        public required int Class { get; init; }
        public required long N { get; init; }
        public required double WaitSum { get; init; }
    }

    private sealed record LowRow
    {
        public required int TeamId { get; init; }
        public required string Hour { get; init; }
        public required int N { get; init; }
    }

    private sealed record ChanceRow
    {
        public required int Class { get; init; }
        public required long N { get; init; }
        public required long Low { get; init; }
    }
}

/// <param name="At">The end of the last whole hour, from which is looked ahead.</param>
/// <param name="Limit">The average wait from which is warned, seconds.</param>
public sealed record WarningBoard(DateTimeOffset At, double Limit, IReadOnlyList<QueueWarning> Queues)
{
    public DateTimeOffset Until => At.AddHours(WarningOutlook.Ahead);

    /// <summary>All queues together: a single one warns seldom.</summary>
    public WarningRecord Record => Queues.Aggregate(default(WarningRecord), (sum, q) => sum + q.Record);
}
