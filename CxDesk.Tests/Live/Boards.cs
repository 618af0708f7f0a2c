using CxDesk.Data.Ingest;
using CxDesk.Data.Live;
using CxDesk.Data.Rollups;
using CxDesk.Web.Feed;

namespace CxDesk.Tests.Live;

/// <summary>Boards for component tests, read at a given moment.</summary>
internal static class Boards
{
    public static readonly LiveScore None = new()
    {
        N = 0, Score = null, Low = null, High = null, Target = null, Gap = null, Standing = Standing.Unknown, Withheld = false, Trend = [null, null], NewestAt = null,
    };

    public static LiveScore Score(DateTimeOffset at) => None with
    {
        N = 1204, Score = 4.21, Low = 4.15, High = 4.27, Target = 4.1, Gap = .11, Standing = Standing.Good, Trend = [4.0, 4.21], NewestAt = at,
    };

    public static LiveRow Row(string key, long n, double? score = 4, DateTimeOffset? at = null, bool withheld = false, Standing standing = Standing.Unknown, double? target = null) => new()
    {
        Key = key, Name = key.ToUpperInvariant(), N = n, Score = score, Low = score - .1, High = score + .1, Target = target, Gap = score - target,
        Standing = standing, Withheld = withheld, Trend = [score], NewestAt = at,
    };

    public static LiveCases Cases(int open = 0, int overdue = 0, int critical = 0, params LiveUrgentCase[] urgent) => new()
    {
        Open = open, Overdue = overdue, DueSoon = 0, Critical = critical, OldestAt = null, NewestAt = null, Urgent = urgent,
    };

    public static LiveMeasure Wait(double? value, double? limit = 300) => new()
    {
        Key = "wait", Name = "Wait", N = value is null ? 0 : 7, Value = value, Unit = MeasureUnit.Seconds, Limit = limit,
        Standing = value is null || limit is null ? Standing.Unknown : value <= limit ? Standing.Good : Standing.Bad, Trend = [value], NewestAt = null,
    };

    public static LiveSnapshot Of(DateTimeOffset now, params LiveRow[] rows) => new()
    {
        Version = 1, AsOf = now, NewestAt = now, Window = "today", By = "region", Scores = new LiveScores(Score(now), None, None), Rows = rows, Cases = Cases(),
        Measures = [], Newest = [], LastAnswerAt = now, Silence = TimeSpan.FromMinutes(30), Place = "Meridian",
    };

    public static Reading<LiveSnapshot> Read(LiveSnapshot board, DateTimeOffset? failingSince = null) =>
        new(board, board.AsOf, board.AsOf, failingSince, failingSince is null ? null : "The disk is gone.");
}
