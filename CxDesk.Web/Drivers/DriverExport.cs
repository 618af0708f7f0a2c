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

    public static async Task<IResult> Read(HttpContext context, CurrentViewer current, DriverRuns runs, Db db, Company company, IStringLocalizer<DriversText> text, IStringLocalizer<ShellText> shell, CancellationToken cancel)
    {
        var filter = DriverLink.Parse(context.Request.GetEncodedUrl()).Filter(company.DayOf(db.Now));
        if (await current.Get() is not { } viewer || viewer.Role is Role.Agent or Role.Wall) return TypedResults.Forbid();
        if (await runs.Get(viewer, filter, cancel: cancel) is not { } report) return TypedResults.NotFound();
        return Facts(report, text).File(shell, Text(report, text), FormattableString.Invariant($"drivers-{filter.Outcome}-{report.FirstDay:yyyy-MM-dd}-{filter.To:yyyy-MM-dd}"));
    }

    public static CsvFacts Facts(DriverReport report, IStringLocalizer<DriversText> text)
    {
        var (filter, found) = (report.Filter, report.Findings);
        return new CsvFacts
        {
            Of = [new DriverWords(text).Outcome(filter.Outcome), report.Unit?.Name, filter.Product, filter.Channel, filter.Segment], From = report.FirstDay, To = filter.To, N = found.N, At = report.FoundAt,
            More = found.Refusal is not null ? [] : [[text["Export.RSquared"].Value, found.RSquared.Value, found.RSquared.Low, found.RSquared.High], [text["Export.Draws"].Value, found.Draws]],
        };
    }

    /// <summary>A head and a line for each attribute; the reason where it is refused.</summary>
    public static string Text(DriverReport report, IStringLocalizer<DriversText> text)
    {
        var (found, words) = (report.Findings, new DriverWords(text));
        if (found.Refusal is not null) return Csv.Line(words.Refusal(found));
        var file = new StringBuilder(Csv.Line(Columns.Select(c => text[$"Export.{c}"].Value)));
        foreach (var d in found.Drivers)
            file.Append(Csv.Line(d.Attribute.Code, d.Attribute.Name, found.N, d.Weight.Value, d.Weight.Low, d.Weight.High, d.Share.Value, d.Share.Low, d.Share.High,
                d.IsCertain, d.Correlation, d.Performance.Value, d.Performance.Low, d.Performance.High, words.Advice(d)));
        return file.ToString();
    }
}
