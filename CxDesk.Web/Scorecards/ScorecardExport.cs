using System.Text;
using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Scorecards;

/// <summary>The rows of a scorecard as a file, for the same address as the page's and with the same figures.</summary>
public static class ScorecardExport
{
    private static readonly string[] Columns = ["Key", "Name", "N", "Score", "Low", "High", "Target", "Gap", "Change", "Verdict", "Withheld", "Open", "Overdue", "Resolved", "InTime"];
    private static readonly string[] Compared = ["Estimate", "EstimateLow", "EstimateHigh", "BestPlace", "WorstPlace"];

    public static async Task<IResult> Read(HttpContext context, string what, CurrentViewer current, ScorecardQuery query, Db db, Company company, IStringLocalizer<ScorecardsText> text, CancellationToken cancel)
    {
        var link = ScorecardLink.Parse(context.Request.GetEncodedUrl());
        if (await current.Get() is not { } viewer) return TypedResults.Forbid();
        if (link.By is not { } view || !Enum.TryParse<RollupBy>(view.ToString(), out var by)) return TypedResults.NotFound();
        var period = link.Period(company, company.DayOf(db.Now));
        var card = await db.Read(async s => (await IndicatorQuery.Read(s)).Find(link.Measure) is { } indicator
            ? await query.Read(s, viewer, link.Filter(by, indicator, period, ScorecardBefore.Of(link.Against, period, company.FiscalStart, out _)))
            : null, cancel);
        if (card is null || (what == "why" && card.Split is null)) return TypedResults.NotFound();

        var of = string.Concat(card.Subjects.All.Select(s => $"-{s.Subject.Code}"));
        var name = FormattableString.Invariant($"{(what == "export" ? "scorecard" : $"scorecard-{what}")}-{card.Place.Code}{of}-{by}-{link.Measure}-{period.From:yyyy-MM-dd}-{period.To:yyyy-MM-dd}.csv").ToLowerInvariant();
        return TypedResults.File(Encoding.UTF8.GetBytes(what switch { "why" => Why(card, text), "lines" => Lines(card, text), _ => Text(card, text) }), "text/csv; charset=utf-8", string.Join('-', name.Split('/', ':', '\\', '"')));
    }

    /// <summary>What the change is made of, row by row; what is not shown by itself has no code.</summary>
    public static string Why(Scorecard card, IStringLocalizer<ScorecardsText> text)
    {
        var file = new StringBuilder(Csv.Mark).Append(Csv.Line(((string[])["Key", "Name", "Mix", "Real", "Margin", "Sum", "IsCertain"]).Select(c => text[$"Export.{c}"].Value)));
        foreach (var part in card.Split!.Parts)
        {
            var row = card.Rows.FirstOrDefault(r => r.KeyId == part.Key);
            file.Append(Csv.Line(row?.Key, row is null ? text["Why.Rest"].Value : ScorecardNames.Of(row, text), part.Mix, part.Real, part.Margin, part.Sum, part.IsCertain));
        }
        return file.ToString();
    }

    /// <summary>The numbers of the lines: the whole first, without a code, then each row.</summary>
    public static string Lines(Scorecard card, IStringLocalizer<ScorecardsText> text)
    {
        var file = new StringBuilder(Csv.Mark).Append(Csv.Line(((string[])["Key", "Name", "From", "To", "N", "Score"]).Select(c => text[$"Export.{c}"].Value)));
        foreach (var row in card.Rows.Prepend(card.Total))
            foreach (var point in row.Trend)
                file.Append(Csv.Line(row == card.Total ? "" : row.Key, row == card.Total ? text["Lines.Whole"].Value : ScorecardNames.Of(row, text), point.Bucket.From, point.Bucket.To, point.N, point.Value));
        return file.ToString();
    }

    /// <summary>The file's text: a head and a line for each row, in the page's order.</summary>
    public static string Text(Scorecard card, IStringLocalizer<ScorecardsText> text)
    {
        var isCompared = card.Filter.Compare != ScorecardCompare.None;
        var ranks = card.Ranks.ToDictionary(r => r.Key);
        var file = new StringBuilder(Csv.Mark).Append(Csv.Line([.. Columns.Concat(isCompared ? Compared : []).Select(c => text[$"Export.{c}"].Value)]));
        foreach (var row in card.Rows)
            file.Append(Csv.Line(
            [
                row.Key, ScorecardNames.Of(row, text), row.N, row.Score, row.Low, row.High, row.Target, row.Gap, row.Change, ScorecardItem.Word(row.Verdict), row.Withheld,
                row.Cases?.Open, row.Cases?.Overdue, row.Cases?.Resolved, row.Cases?.InTimeShare,
                .. !isCompared ? [] : ranks.TryGetValue(row.KeyId, out var rank) ? new object?[] { rank.Estimate, rank.Low, rank.High, rank.BestRank, rank.WorstRank } : [null, null, null, null, null],
            ]));
        return file.ToString();
    }
}
