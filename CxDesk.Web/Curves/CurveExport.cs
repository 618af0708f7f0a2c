using System.Text;
using CxDesk.Data;
using CxDesk.Data.Curves;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Curves;

/// <summary>The curve as a file, for the same address as the page's and with the same figures: groups of contacts, then limits.</summary>
public static class CurveExport
{
    public static async Task<IResult> Read(HttpContext context, CurrentViewer current, Db db, Company company, CurveWords words, IStringLocalizer<CurvesText> text, IStringLocalizer<ShellText> shell, CancellationToken cancel)
    {
        var link = CurveLink.Parse(context.Request.GetEncodedUrl());
        if (await current.Get() is not { Role: Role.Supervisor or Role.Manager or Role.Executive or Role.Admin } viewer) return TypedResults.Forbid();
        var today = company.DayOf(db.Now);
        var (choices, filter, reading) = await db.Read(async s =>
        {
            var choices = await CurveChoicesQuery.Read(s, viewer);
            var found = link.Filter(choices, company, today, out _);
            return (choices, found, found is null ? null : await CurveQuery.Read(s, viewer, found, link.Limit));
        }, cancel);
        if (filter is null || reading is not { Curve.Refusal: null }) return TypedResults.NotFound();

        var period = link.Period(today, out _);
        var facts = new CsvFacts
        {
            Of =
            [
                words.Titled(filter.Outcome), words.Titled(filter.Measure), filter.Place.IsNoTeam ? text["Filter.NoTeam"].Value : filter.Place.Name,
                choices.Products.FirstOrDefault(p => p.Code == link.Product)?.Name, choices.Channels.FirstOrDefault(c => c.Code == link.Channel)?.Name,
            ],
            From = period.From, To = period.To, N = reading.Curve.N, At = db.Now,
        };
        return facts.File(shell, Text(reading, filter, words, text), FormattableString.Invariant($"curve-{filter.Place.Code}-{filter.Outcome.Code}-{CurveLink.Code(filter.Measure)}-{period.From:yyyy-MM-dd}-{period.To:yyyy-MM-dd}"));
    }

    public static string Text(CurveReading reading, CurveFilter filter, CurveWords words, IStringLocalizer<CurvesText> text)
    {
        var curve = reading.Curve;
        var file = new StringBuilder(Csv.Line(text["Export.Row"].Value, words.Titled(filter.Measure), text["Export.N"].Value, words.Titled(filter.Outcome), text["Export.Low"].Value, text["Export.High"].Value, text["Bins.Fitted"].Value, text["Bins.Low"].Value, text["Limits.Beyond"].Value));
        foreach (var bin in curve.Bins)
        {
            var score = CurveScore.Of(filter.Outcome, bin.Sums);
            file.Append(Csv.Line(text["Export.Bin"].Value, bin.X, bin.Sums.N, score.Value, score.Low, score.High, bin.Fitted, (double)bin.Sums.Low / bin.Sums.N, null));
        }
        if (curve.Break is { } b) file.Append(Csv.Line(text["Export.Break"].Value, b.At, curve.N, null, b.Low, b.High, null, null, b.Beyond));
        foreach (var limit in curve.Limits)
            file.Append(Csv.Line(text["Export.Limit"].Value, limit.Limit, curve.N, curve.Mean + limit.Change.Value, curve.Mean + limit.Change.Low, curve.Mean + limit.Change.High, null, curve.LowShare + limit.LowChange.Value, limit.Beyond));
        return file.ToString();
    }
}
