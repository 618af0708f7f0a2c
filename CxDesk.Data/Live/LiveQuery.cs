using CxDesk.Data.Calendars;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;

namespace CxDesk.Data.Live;

/// <summary>
/// Reads a live board for one scope of viewers, in one transaction: scores, rows, cases, measures and newest low answers
/// belong to the same state of the database. Its SQL is that of <see cref="PresentSums"/>.
/// </summary>
public sealed class LiveQuery(Db db, Company company, ScorecardsOptions scorecards)
{
    public Task<LiveSnapshot> Read(LiveFilter filter, Viewer viewer, CancellationToken cancel = default) => db.Read(async s =>
    {
        var version = await ChangeLogQuery.Version(s);
        return await Read(new PresentSums(s, viewer), version, filter, await UnitTree.Read(s), company, scorecards.MinimumN);
    }, cancel);

    internal static async Task<LiveSnapshot> Read(BoardSums sums, long version, LiveFilter filter, UnitTree units, Company company, int minimumN)
    {
        var period = LivePeriod.Of(filter.Window, company, sums.At);
        var figures = new LiveFigures(sums, units, await sums.Targets(units), minimumN);
        var scores = await figures.Scores(BoardSubject.Company, period);
        var rows = await figures.Rows(filter.RollupBy, BoardSubject.Company, Metric.Csat, period);
        var newest = await sums.NewestAnswer();
        var viewer = sums.Viewer;
        return new LiveSnapshot
        {
            Version = version,
            AsOf = sums.At,
            NewestAt = new[] { scores.Csat.NewestAt, scores.Nps.NewestAt, scores.Ces.NewestAt }.Max(),
            Window = filter.WindowCode,
            By = filter.ByCode,
            Scores = scores,
            Rows = [.. rows.Select(r => r.Score).OrderBy(r => r.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(r => r.Key, StringComparer.Ordinal)],
            Cases = await sums.Cases(BoardSubject.Company, BusinessCalendar.Standard(company.Zone.Id)),
            Measures = await LiveMeasuresQuery.Read(sums, BoardSubject.Company, period),
            Newest = await sums.Newest(new LiveNewestFilter(LowOnly: true, BoardSubject.Company)),
            LastAnswerAt = newest?.At,
            Place = RollupSights.Of(viewer, RollupBy.Company) == RollupSight.All ? units.Company.Name
                : string.Join(", ", viewer.RegionIds.Concat(viewer.TeamIds).Select(id => units.Find(id)?.Name).OfType<string>()),
            Silence = newest?.Silence ?? TimeSpan.Zero,
        };
    }
}
