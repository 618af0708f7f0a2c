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
public sealed class LiveQuery(Db db, Company company, ScorecardsOptions scorecards, RollupMemory? memory = null)
{
    public Task<LiveSnapshot> Read(LiveFilter filter, Viewer viewer, CancellationToken cancel = default) => db.Read(async s =>
    {
        var version = await ChangeLogQuery.Version(s);
        return await Read(new PresentSums(s, viewer) { Memory = memory }, version, filter, await UnitTree.Read(s), company, scorecards.MinimumN);
    }, cancel);

    internal static async Task<LiveSnapshot> Read(BoardSums sums, long version, LiveFilter filter, UnitTree units, Company company, int minimumN)
    {
        var period = LivePeriod.Of(filter.Window, company, sums.At);
        var (place, missing) = await LivePlace.Find(sums, filter, units);
        // What the filter names and is not there has no answers, and no figure of others stands in for it.
        var of = place?.Subject ?? BoardSubject.Nothing;
        var figures = new LiveFigures(sums, units, await sums.Targets(units), minimumN, await LiveSuppression.Read(sums, period, minimumN));
        var scores = await figures.Scores(of, period);
        var rows = await figures.Rows(filter.RollupBy, of, Metric.Csat, period);
        var newest = await sums.NewestAnswer();
        return new LiveSnapshot
        {
            Version = version,
            AsOf = sums.At,
            NewestAt = new[] { scores.Csat.NewestAt, scores.Nps.NewestAt, scores.Ces.NewestAt }.Max(),
            Window = filter.WindowCode,
            By = filter.ByCode,
            Unit = filter.Unit,
            Product = filter.Product,
            Scores = scores,
            Rows = [.. rows.Select(r => r.Score).OrderBy(r => r.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(r => r.Key, StringComparer.Ordinal)],
            Cases = await sums.Cases(of, BusinessCalendar.Standard(company.Zone.Id)),
            Measures = await LiveMeasuresQuery.Read(sums, of, period),
            Newest = await sums.Newest(new LiveNewestFilter(LowOnly: true, of)),
            LastAnswerAt = newest?.At,
            Place = place?.Name(sums.Viewer, units) ?? "",
            Answers = place?.Answers(period, company),
            Missing = missing,
            Silence = newest?.Silence ?? TimeSpan.Zero,
        };
    }
}
