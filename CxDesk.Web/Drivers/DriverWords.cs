using System.Globalization;
using CxDesk.Data.Drivers;
using CxDesk.Data.Rollups;
using CxDesk.Web.Shell;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Drivers;

/// <summary>Findings in words, in the language and culture of the moment.</summary>
public sealed class DriverWords(IStringLocalizer<DriversText> text)
{
    public string Outcome(DriverOutcome outcome) => text[$"Outcome.{outcome}"];

    /// <summary>The same inside a sentence.</summary>
    public string Told(DriverOutcome outcome) => text[$"Told.{outcome}"];

    public string Quadrant(DriverQuadrant quadrant) => text[$"Quadrant.{quadrant}"];

    /// <summary>What a quadrant asks for; of an attribute that chance explains as well, that.</summary>
    public string Advice(Driver driver) => driver.IsCertain ? Quadrant(driver.Quadrant) : text["Quadrant.Chance"];

    /// <summary>Shape and colour of a quadrant: what to fix is bad, what to keep up good, what to watch watch; the rest asks for nothing.</summary>
    public static Standing Standing(Driver driver) => !driver.IsCertain ? Data.Rollups.Standing.Unknown : driver.Quadrant switch
    {
        DriverQuadrant.FixFirst => Data.Rollups.Standing.Bad,
        DriverQuadrant.KeepUp => Data.Rollups.Standing.Good,
        DriverQuadrant.Watch => Data.Rollups.Standing.Watch,
        DriverQuadrant.OverServed => Data.Rollups.Standing.Unknown,
    };

    /// <summary>One sentence that says what was found.</summary>
    public string Lead(DriverReport report)
    {
        var findings = report.Findings;
        var outcome = Told(report.Filter.Outcome);
        if (findings.Refusal is not null) return text["Lead.Refused", outcome];
        var certain = findings.Drivers.Where(d => d.IsCertain).ToList();
        if (certain.Count == 0) return text["Lead.None", outcome];
        var first = text["Lead.First", certain[0].Attribute.Name, outcome, Percent(certain[0].Share.Value), Percent(findings.RSquared.Value)].Value;
        var fix = certain.Where(d => d.Quadrant == DriverQuadrant.FixFirst).Select(d => d.Attribute.Name).ToList();
        return fix.Count == 0 ? first : text["Lead.Fix", first, List(fix)];
    }

    /// <summary>Why nothing is said, and what would help.</summary>
    public string Refusal(DriverFindings findings) => findings.Refusal switch
    {
        DriverRefusal.NoAnswers => text["Refusal.NoAnswers"],
        DriverRefusal.TooFewAttributes => text["Refusal.TooFewAttributes"],
        DriverRefusal.TooFewAnswers => text["Refusal.TooFewAnswers", ScoreWords.Count(findings.N), ScoreWords.Count(findings.Minimum)],
        DriverRefusal.OutcomeDoesNotVary => text["Refusal.OutcomeDoesNotVary"],
        DriverRefusal.AttributeDoesNotVary => text["Refusal.AttributeDoesNotVary", Names(findings)],
        DriverRefusal.Collinear => text["Refusal.Collinear", Names(findings)],
        null => "",
    };

    public string LeftOut(DriverFindings findings) =>
        text["LeftOut", List(findings.LeftOut.Select(l => text["LeftOut.One", l.Attribute.Name, ScoreWords.Count(l.Rated)].Value))];

    public string NotChosen(DriverFindings findings) => text["Attributes.NotChosen", List(findings.LeftOut.Select(l => l.Attribute.Name))];

    /// <summary>A rating on the scale that all attributes share, else the share of its own scale.</summary>
    public static string Performance(double value, DriverFindings findings) => findings.Scale is null ? Percent(value) : ScoreWords.Value(value, ScoreKind.Mean);

    public static string PerformanceInterval(Estimate rating, DriverFindings findings) =>
        findings.Scale is null ? Interval(rating) : ScoreWords.Interval(rating.Low, rating.High, ScoreKind.Mean);

    public string PerformanceUnit(DriverFindings findings) =>
        findings.Scale is { } scale ? text["Axis.Rating", scale.Lowest, scale.Highest] : text["Axis.ShareOfScale"];

    /// <summary>"31 %", without a decimal: the interval is wider than that.</summary>
    public static string Percent(double share) => share.ToString("0 %", CultureInfo.CurrentCulture);

    /// <summary>"28 – 34".</summary>
    public static string Interval(Estimate share) => string.Create(CultureInfo.CurrentCulture, $"{share.Low * 100:0} – {share.High * 100:0}");

    public static string Weight(double weight) => weight.ToString("0.000", CultureInfo.CurrentCulture);

    private string Names(DriverFindings findings) => List(findings.About.Select(a => a.Name));

    private string List(IEnumerable<string> names) => string.Join(text["List.Comma"], names);
}
