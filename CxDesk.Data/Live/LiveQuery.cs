using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Data.Targets;

namespace CxDesk.Data.Live;

/// <summary>
/// Reads a live board for one scope of viewers, in one transaction: scores, rows, cases, measures and newest low answers
/// belong to the same state of the database.
/// </summary>
public sealed class LiveQuery(Db db, Company company, ScorecardsOptions scorecards)
{
    private static readonly Statement NewestAnswer = new(d => $"""
        SELECT a.RespondedAt AS {nameof(NewestAnswerRow.At)}, s.ExpectedSilenceMinutes
        FROM Answers a JOIN Sources s ON s.Id = a.SourceId ORDER BY a.RespondedAt DESC {d.Limit("1")}
        """);

    private sealed record NewestAnswerRow
    {
        public required DateTimeOffset At { get; init; }
        public required int ExpectedSilenceMinutes { get; init; }
    }

    public Task<LiveSnapshot> Read(LiveFilter filter, Viewer viewer, CancellationToken cancel = default) => db.Read(async s =>
    {
        var version = await ChangeLogQuery.Version(s);
        var period = LivePeriod.Of(filter, company, s.Now);
        var units = await UnitTree.Read(s);
        var figures = new LiveFigures(s, viewer, period, units, await TargetQuery.Resolver(s, units), scorecards.MinimumN);
        var scores = await figures.Scores();
        var newest = await s.First<NewestAnswerRow>(NewestAnswer);

        // A display sees the rows of the whole company, with everything personal taken out of them as they are read.
        var forDisplay = viewer.Reach == Reach.None;
        var eyes = forDisplay ? viewer with { Reach = Reach.All } : viewer;
        return new LiveSnapshot
        {
            Version = version,
            AsOf = s.Now,
            NewestAt = new[] { scores.Csat.NewestAt, scores.Nps.NewestAt, scores.Ces.NewestAt }.Max(),
            Window = filter.WindowCode,
            By = filter.ByCode,
            Scores = scores,
            Rows = await figures.Rows(filter.RollupBy),
            Cases = await LiveCasesQuery.Read(s, eyes, BusinessCalendar.Standard(company.Zone.Id)),
            Measures = await LiveMeasuresQuery.Read(s, viewer, period),
            Newest = await LiveNewestQuery.Read(s, eyes, forDisplay),
            LastAnswerAt = newest?.At,
            Place = RollupSights.Of(viewer, RollupBy.Company) == RollupSight.All ? units.Company.Name
                : string.Join(", ", viewer.RegionIds.Concat(viewer.TeamIds).Select(id => units.Find(id)?.Name).OfType<string>()),
            Silence = TimeSpan.FromMinutes(newest?.ExpectedSilenceMinutes ?? 0),
        };
    }, cancel);
}
