using System.Globalization;
using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Data;
using CxDesk.Data.Ingest;
using CxDesk.Data.Live;
using CxDesk.Data.Rollups;
using CxDesk.Web.Shell;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Live;

/// <summary>What a figure means, in words; and how long silence is expected. </summary>
public sealed class LiveWords(IStringLocalizer<LiveText> text, Company company)
{
    private readonly BusinessCalendar _calendar = BusinessCalendar.Standard(company.Zone.Id);

    public string Window(string window) => text[$"Window.{window}"];

    public string By(string by) => text[$"By.{by}"];

    public string Name(LiveRow row) => row.IsNoTeam ? text["Name.NoTeam"] : row.Name;

    /// <summary>"North", "North ▸ Team 2".</summary>
    public string Name(LiveUnit unit) => unit.Region is { } region ? $"{region.Name} ▸ {(unit.Unit.IsNoTeam ? text["Name.NoTeam"] : unit.Unit.Name)}" : unit.Unit.Name;

    /// <summary>What a board is narrowed to: "North ▸ Team 2, Net". What there is no name for stands as its code.</summary>
    public string Filter(LiveFilter filter, LiveChoices choices) => string.Join(", ", new[]
    {
        filter.Unit is { } unit ? choices.Units.FirstOrDefault(u => u.Unit.Code == unit) is { } found ? Name(found) : text["Filter.UnknownUnit", unit] : null,
        filter.Product is { } product ? choices.Products.FirstOrDefault(p => p.Code == product)?.Name ?? text["Filter.UnknownProduct", product] : null,
    }.OfType<string>());

    public string TrendLabel(string name, string window) =>
        text[window == "30d" ? "Trend.Days30" : "Trend.Days7", name];

    /// <summary>"0.11 over target", "at target", "no target set".</summary>
    public string Gap(LiveScore score, ScoreKind kind)
    {
        if (score.Withheld || score.Score is null) return score.N == 0 ? text["Gap.NoAnswers"] : text["Gap.TooFew"];
        if (score.Gap is not { } gap) return text["Gap.NoTarget"];
        if (score.Standing == Standing.Unknown) return text["Gap.TooFew"];
        var width = ScoreWords.Difference(Math.Abs(gap), kind).TrimStart('+');
        return width.All(c => c is not (>= '1' and <= '9')) ? text["Gap.At"] : gap > 0 ? text["Gap.Over", width] : text["Gap.Under", width];
    }

    public string Limit(LiveMeasure measure) =>
        measure.Value is not { } value ? text["Measure.None"]
        : measure.Limit is not { } limit ? text["Measure.NoLimit"]
        : value > limit ? text["Measure.Over", Amount(value - limit, measure.Unit)]
        : text["Measure.Within", Amount(limit, measure.Unit)];

    /// <summary>"3:42", "1:02:00", "42.5 %", "1,204".</summary>
    public static string Amount(double value, MeasureUnit unit) => unit switch
    {
        MeasureUnit.Seconds => TimeSpan.FromSeconds(Math.Round(value)) is var span && span < TimeSpan.FromHours(1)
            ? span.ToString(@"m\:ss", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours}:{span:mm\\:ss}"),
        MeasureUnit.Share => ScoreWords.Value(value, ScoreKind.Share),
        MeasureUnit.Number => value.ToString(Math.Abs(value) < 100 ? "0.##" : "N0", CultureInfo.CurrentCulture),
    };

    /// <summary>
    /// How old the newest item may be before its age is odd: what its source's silence allows once so much business time
    /// has passed; null before, and outside business hours.
    /// </summary>
    public TimeSpan? Silence(DateTimeOffset? newestAt, TimeSpan allowed, DateTimeOffset now) =>
        newestAt is { } newest && _calendar.Elapsed(newest, now) > allowed ? allowed : null;
}
