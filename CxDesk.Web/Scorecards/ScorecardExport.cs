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
    private static readonly string[] Columns = ["Key", "Name", "N", "Score", "Low", "High", "Target", "Gap", "Change", "Verdict", "Withheld"];

    public static async Task<IResult> Read(HttpContext context, CurrentViewer current, ScorecardQuery query, Db db, Company company, IStringLocalizer<ScorecardsText> text, CancellationToken cancel)
    {
        var link = ScorecardLink.Parse(context.Request.GetEncodedUrl());
        if (await current.Get() is not { } viewer) return TypedResults.Forbid();
        if (link.By is not { } view || !Enum.TryParse<RollupBy>(view.ToString(), out var by)) return TypedResults.NotFound();
        var period = link.Period(company.DayOf(db.Now));
        var filter = new ScorecardFilter(by, link.Metric, period.From, period.To) { Parent = link.Parent };
        if (await db.Read(s => query.Read(s, viewer, filter), cancel) is not { } card) return TypedResults.NotFound();

        var name = FormattableString.Invariant($"scorecard-{card.Place.Code}-{by}-{link.Metric}-{period.From:yyyy-MM-dd}-{period.To:yyyy-MM-dd}.csv").ToLowerInvariant();
        return TypedResults.File(Encoding.UTF8.GetBytes(Text(card, text)), "text/csv; charset=utf-8", name.Replace('/', '-'));
    }

    /// <summary>The file's text: a head and a line for each row, in the page's order.</summary>
    public static string Text(Scorecard card, IStringLocalizer<ScorecardsText> text)
    {
        var file = new StringBuilder(Csv.Mark).Append(Csv.Line(Columns.Select(c => text[$"Export.{c}"].Value)));
        foreach (var row in card.Rows)
            file.Append(Csv.Line(row.Key, ScorecardNames.Of(row, text), row.N, row.Score, row.Low, row.High, row.Target, row.Gap, row.Change, ScorecardItem.Word(row.Verdict), row.Withheld));
        return file.ToString();
    }
}
