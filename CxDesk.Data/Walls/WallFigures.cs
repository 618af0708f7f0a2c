using CxDesk.Data.Calendars;
using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Targets;

namespace CxDesk.Data.Walls;

/// <summary>Fills the tiles of a wall, each kind from the same sums as the live board.</summary>
internal sealed partial class WallFigures(BoardSums sums, UnitTree units, TargetResolver targets, Company company, int minimumN)
{
    private readonly LiveFigures _figures = new(sums, units, targets, minimumN);
    private readonly LiveVerdicts _verdicts = new(sums, company, minimumN);
    private readonly BusinessCalendar _calendar = BusinessCalendar.Standard(company.Zone.Id);
    private WallNames _names = WallNames.None;
    private TimeSpan? _silence;

    /// <summary>The pages in order. What looks furthest back is read first: the others find their days in it.</summary>
    public async Task<IReadOnlyList<WallPageFigures>> Pages(WallDocument document)
    {
        _names = await WallNames.Read(sums.Session, document);
        _silence = (await sums.NewestAnswer())?.Silence;
        var keys = new Dictionary<string, int>();
        var figures = new Dictionary<(int Page, int Tile), WallFigure>();
        var tiles = document.Pages.SelectMany((page, p) => page.Tiles.Select((spec, t) => (Spec: spec, Page: p, Tile: t, Key: KeyOf(spec, keys)))).ToList();
        foreach (var tile in tiles.OrderByDescending(t => Reach(t.Spec)))
            figures[(tile.Page, tile.Tile)] = await WithSilence(await Of(tile.Spec, tile.Key)) with { MinimumN = minimumN };
        return [.. document.Pages.Select((page, p) => new WallPageFigures
        {
            DwellSeconds = page.DwellSeconds ?? document.DwellSeconds,
            Tiles = [.. page.Tiles.Select((_, t) => figures[(p, t)])],
        })];
    }

    // Of the source of its own newest item: a survey by mail is silent for longer than the phones.
    private async Task<WallFigure> WithSilence(WallFigure figure) => figure is { Silence: not null, NewestAt: { } newest }
        ? figure with { Silence = await sums.Silence(newest, figure.Spec is { Kind: WallTileKind.Measure or WallTileKind.Trend, Measure: { } measure } ? measure : null) ?? _silence }
        : figure;

    private static int Reach(WallTileSpec spec) => spec.Kind switch
    {
        WallTileKind.Trend => LiveWindow.Month.TrendDays(),
        WallTileKind.Movers => Math.Max(spec.Window.TrendDays(), spec.Window.Days() * 2),
        _ => spec.Window.TrendDays(),
    };

    private Task<WallFigure> Of(WallTileSpec spec, string key) => spec.Kind switch
    {
        WallTileKind.Score => Score(spec, key),
        WallTileKind.Number => Number(spec, key),
        WallTileKind.Trend => Trend(spec, key),
        WallTileKind.Cases => Cases(spec, key),
        WallTileKind.Measure => Measure(spec, key),
        WallTileKind.Comments => Comments(spec, key),
        WallTileKind.Movers => Movers(spec, key),
        WallTileKind.Leaders => Leaders(spec, key),
    };

    private async Task<WallFigure> Score(WallTileSpec spec, string key)
    {
        var (row, verdict, _) = await Judged(spec, Period(spec));
        return new ScoreFigure
        {
            Key = key, Subject = _names.Subject(spec, units), Window = spec.Window.Code(), Spec = spec, Silence = _silence,
            Score = (row?.Score ?? Nothing(spec)) with { Standing = verdict.Standing }, NewestAt = row?.Score.NewestAt,
            Standing = verdict.Standing, Reason = verdict.Reason, Since = verdict.Since,
        };
    }

    private async Task<WallFigure> Number(WallTileSpec spec, string key)
    {
        var (value, newestAt, standing, reason) = spec.Number switch
        {
            WallNumber.Answers or WallNumber.LowAnswers => Answers(spec, await Row(spec, Period(spec))),
            WallNumber.OpenCases when await CasesOf(spec) is var c => (c.Open, c.NewestAt, Standing.Unknown, FigureReason.None),
            WallNumber.OverdueCases when await CasesOf(spec) is var c =>
                (c.Overdue, c.NewestAt, c.Overdue > 0 ? Standing.Bad : Standing.Good, c.Overdue > 0 ? FigureReason.CasesOverdue : FigureReason.CasesInTime),
            WallNumber.ResolvedCases => (await sums.Resolved(SubjectOf(spec), From(Period(spec))), (await CasesOf(spec)).NewestAt, Standing.Unknown, FigureReason.None),
            _ => ((long?)null, null, Standing.Unknown, FigureReason.None),
        };
        return new NumberFigure
        {
            Key = key, Subject = _names.Subject(spec, units), Window = spec.Window.Code(), Spec = spec, Value = value, NewestAt = newestAt,
            Silence = spec.Number is WallNumber.Answers or WallNumber.LowAnswers ? _silence : null, Standing = standing, Reason = reason,
        };
    }

    // How many were low says what was answered, so it is withheld with the score; how many answered does not.
    private static (long?, DateTimeOffset?, Standing, FigureReason) Answers(WallTileSpec spec, LiveFigureRow? row)
    {
        if (row is null || row.Score.N == 0) return (0, null, Standing.Unknown, FigureReason.NoAnswers);
        if (spec.Number == WallNumber.Answers) return (row.Score.N, row.Score.NewestAt, Standing.Unknown, FigureReason.None);
        return row.Score.Withheld
            ? (null, row.Score.NewestAt, Standing.Unknown, FigureReason.TooFew)
            : (row.Sums.Now.Counts.Low(spec.Metric), row.Score.NewestAt, Standing.Unknown, FigureReason.None);
    }

    private async Task<WallFigure> Cases(WallTileSpec spec, string key)
    {
        var cases = await CasesOf(spec);
        var verdict = FigureVerdict.OfCases(cases.Open, cases.Overdue, cases.DueSoon, cases.Critical);
        return new CasesFigure
        {
            Key = key, Subject = _names.Subject(spec, units), Window = spec.Window.Code(), Spec = spec, Silence = null,
            Cases = cases, NewestAt = cases.NewestAt, Standing = verdict.Standing, Reason = verdict.Reason,
        };
    }

    private async Task<WallFigure> Measure(WallTileSpec spec, string key)
    {
        var measure = (await LiveMeasuresQuery.Read(sums, SubjectOf(spec), Period(spec))).FirstOrDefault(m => m.Key == spec.Measure)
            ?? await LiveMeasuresQuery.None(sums, spec.Measure, Period(spec));
        var verdict = await _verdicts.Of(measure, SubjectOf(spec), spec.Window, await Chart(spec, measure));
        return new MeasureFigure
        {
            Key = key, Subject = _names.Subject(spec, units), Window = spec.Window.Code(), Spec = spec, Silence = _silence,
            Measure = measure with { Standing = verdict.Standing }, NewestAt = measure.NewestAt, Standing = verdict.Standing, Reason = verdict.Reason, Since = verdict.Since,
        };
    }

    private async Task<WallFigure> Comments(WallTileSpec spec, string key)
    {
        var comments = await sums.Newest(new LiveNewestFilter(LowOnly: false, SubjectOf(spec)));
        return new CommentsFigure
        {
            Key = key, Subject = _names.Subject(spec, units), Window = spec.Window.Code(), Spec = spec, Silence = _silence,
            Comments = comments, NewestAt = comments.Count > 0 ? comments[0].At : null, Standing = Standing.Unknown,
            Reason = comments.Count == 0 ? FigureReason.NoAnswers : FigureReason.None,
        };
    }

    private LivePeriod Period(WallTileSpec spec, bool withBefore = false) => LivePeriod.Of(spec.Window, company, sums.At, withBefore, IsHeld(spec));

    private bool IsHeld(WallTileSpec spec) => sums.HoldsToday((spec.Unit is { } code ? units.Find(code) : null) ?? units.Company, units);

    private DateTimeOffset From(LivePeriod period) => period.Since ?? company.StartOf(period.From);

    private Task<LiveCases> CasesOf(WallTileSpec spec) => sums.Cases(SubjectOf(spec), _calendar);

    // The same tile twice on a wall is two tiles.
    private static string KeyOf(WallTileSpec spec, Dictionary<string, int> known)
    {
        var asked = string.Join(':', spec.Kind, spec.Metric, spec.Measure, spec.Number, spec.Unit, spec.Product, spec.Agent, spec.By, spec.Window.Code()).ToLowerInvariant();
        known[asked] = known.GetValueOrDefault(asked) + 1;
        return known[asked] == 1 ? asked : $"{asked}#{known[asked]}";
    }
}
