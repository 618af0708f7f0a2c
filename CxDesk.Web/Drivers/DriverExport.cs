using System.Text;
using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Drivers;
using CxDesk.Data.People;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Drivers;

/// <summary>The table of the page as a file, for the same address and with the same figures.</summary>
public static class DriverExport
{
    private static readonly string[] Columns = ["Attribute", "Name", "N", "Weight", "WeightLow", "WeightHigh", "Share", "ShareLow", "ShareHigh", "Certain", "Correlation", "Rating", "RatingLow", "RatingHigh", "Quadrant"];

    public static async Task<IResult> Read(HttpContext context, CurrentViewer current, DriverRuns runs, Db db, Company company, IStringLocalizer<DriversText> text, CancellationToken cancel)
    {
        var filter = DriverLink.Parse(context.Request.GetEncodedUrl()).Filter(company.DayOf(db.Now));
        if (await current.Get() is not { } viewer || viewer.Role is Role.Agent or Role.Wall) return TypedResults.Forbid();
        if (await runs.Get(viewer, filter, cancel: cancel) is not { } report) return TypedResults.NotFound();
        var name = FormattableString.Invariant($"drivers-{filter.Outcome}-{report.FirstDay:yyyy-MM-dd}-{filter.To:yyyy-MM-dd}.csv").ToLowerInvariant();
        return TypedResults.File(Encoding.UTF8.GetBytes(Text(report, text)), "text/csv; charset=utf-8", name);
    }

    /// <summary>What it is about and R² in a line of their own, then a head and a line for each attribute; the reason where it is refused.</summary>
    public static string Text(DriverReport report, IStringLocalizer<DriversText> text)
    {
        var (filter, found, words) = (report.Filter, report.Findings, new DriverWords(text));
        var file = new StringBuilder(Csv.Mark)
            .Append(Csv.Line(Said("Outcome"), words.Outcome(filter.Outcome), Said("From"), report.FirstDay, Said("To"), filter.To, Said("FoundAt"), report.FoundAt))
            .Append(Csv.Line(Said("Unit"), report.Unit?.Code, Said("Product"), filter.Product, Said("Channel"), filter.Channel, Said("Segment"), filter.Segment, Said("N"), found.N));
        if (found.Refusal is not null) return file.Append(Csv.Line(words.Refusal(found))).ToString();
        file.Append(Csv.Line(Said("RSquared"), found.RSquared.Value, found.RSquared.Low, found.RSquared.High, Said("Draws"), found.Draws))
            .Append(Csv.Line(Columns.Select(Said)));
        foreach (var d in found.Drivers)
            file.Append(Csv.Line(d.Attribute.Code, d.Attribute.Name, found.N, d.Weight.Value, d.Weight.Low, d.Weight.High, d.Share.Value, d.Share.Low, d.Share.High,
                d.IsCertain, d.Correlation, d.Performance.Value, d.Performance.Low, d.Performance.High, words.Advice(d)));
        return file.ToString();

        string Said(string key) => text[$"Export.{key}"].Value;
    }
}
