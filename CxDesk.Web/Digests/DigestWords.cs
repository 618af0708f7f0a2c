using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using CxDesk.Data.Deliveries;
using CxDesk.Data.Digests;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Web.Deliveries;
using CxDesk.Web.Scorecards;
using CxDesk.Web.Shell;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Digests;

/// <summary>Writes a digest in somebody's language: figures in, a letter out. Nothing of a customer is in it.</summary>
public sealed class DigestWords(
    IndicatorWords indicators, TimeWords times, IStringLocalizer<DigestsText> text, IStringLocalizer<ScorecardsText> scorecards, IStringLocalizer<ShellText> shell, DeliveriesOptions options)
{
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);
    private const string Cell = "text-align:right;padding:2px 0 2px 16px;white-space:nowrap", First = "text-align:left;font-weight:400;padding:2px 0";

    public Letter Write(Digest digest, string? language) => DeliveryWords.In(language, () =>
    {
        var (plain, html) = (new StringBuilder(), new StringBuilder());
        var days = new ScorecardPeriod(digest.Period.From, digest.Period.To);
        var (said, before) = (ScorecardNames.Days(days, scorecards), ScorecardNames.Before(days, scorecards));
        Line(text[$"Lead.{digest.Period.Rhythm}", digest.Viewer.Name, said]);
        foreach (var unit in digest.Units) Tell(unit);
        if (digest.Units.Count == 0) Line(text["Units.None"]);
        if (digest.Looked > 1) Line(text["Changes.Looked", ScoreWords.Count(digest.Looked)], small: true);
        TellOverdue();
        Line(text["Foot", times.Exact(digest.AsOf, digest.Zone)], small: true);
        var account = options.Link("/account#digest");
        plain.AppendLine(text[$"Stop.{digest.Period.Rhythm}", account]);
        html.Append($"<p style=\"font-size:12px\">{Link(account, text[$"Stop.{digest.Period.Rhythm}", account])}</p>");
        return new Letter(Subject(digest, said), plain.ToString(), DeliveryWords.Page(html.ToString()));

        void Line(string words, bool small = false)
        {
            plain.AppendLine(words).AppendLine();
            html.Append($"<p{(small ? " style=\"font-size:12px\"" : "")}>{Html.Encode(words)}</p>");
        }

        void Head(string words)
        {
            plain.AppendLine(words.ToUpper(System.Globalization.CultureInfo.CurrentCulture));
            html.Append($"<h2 style=\"font-size:17px;margin:20px 0 4px\">{Html.Encode(words)}</h2>");
        }

        void Tell(DigestUnit unit)
        {
            Head(ScorecardNames.Of(unit.Unit, scorecards));
            if (unit.Figures.Count == 0) Line(text["Figures.None"]);
            else
            {
                html.Append("<table style=\"border-collapse:collapse\"><tr>");
                foreach (var (name, i) in ((string[])["Measure", "Value", "N", "Interval", "Target", "Gap"]).Select((name, i) => (name, i)))
                    html.Append($"<th style=\"{(i == 0 ? First : Cell)}\"><small>{Html.Encode(text[$"Column.{name}"])}</small></th>");
                html.Append("</tr>");
                foreach (var figure in unit.Figures) Figure(figure);
                html.Append("</table>");
                plain.AppendLine();
            }
            var changes = unit.Changes.Select(c => Change(unit, c)).ToList();
            if (changes.Count == 0) Line(text["Changes.None", before]);
            else
            {
                plain.AppendLine(text["Changes.Some", before]);
                html.Append($"<p style=\"margin:8px 0 0\">{Html.Encode(text["Changes.Some", before])}</p><ul style=\"margin-top:4px\">");
                foreach (var words in changes)
                {
                    plain.Append("- ").AppendLine(words);
                    html.Append($"<li>{Html.Encode(words)}</li>");
                }
                html.Append("</ul>");
            }
            var card = options.Link(Card(digest.Period, unit));
            plain.AppendLine(text["Card", card]).AppendLine();
            html.Append($"<p>{Link(card, text["Card.Open"])}</p>");
        }

        void Figure(DigestFigure figure)
        {
            var (row, kind) = (figure.Row, figure.Indicator);
            var name = text[figure.IsSelf ? "Measure.Self" : "Measure.Unit", indicators.Name(kind), indicators.Unit(kind)];
            if (row.Score is not { } score)
            {
                plain.AppendLine(text["Plain.Withheld", name, ScoreWords.Count(row.N)]);
                html.Append($"<tr><th style=\"{First}\">{Html.Encode(name)}</th><td style=\"{Cell}\">{Html.Encode(text["Withheld"])}</td><td style=\"{Cell}\">{ScoreWords.Count(row.N)}</td></tr>");
                return;
            }
            var interval = row is { Low: { } low, High: { } high } ? IndicatorWords.Interval(low, high, kind) : "—";
            var (target, gap) = (row.Target is { } t ? IndicatorWords.Value(t, kind) : "—", row.Gap is { } g ? IndicatorWords.Difference(g, kind) : "—");
            string[] cells = [IndicatorWords.Value(score, kind), ScoreWords.Count(row.N), interval, target, gap];
            plain.AppendLine(text[row.Target is null ? "Plain.FigureWithoutTarget" : "Plain.Figure", [name, .. cells]]);
            html.Append($"<tr><th style=\"{First}\">{Html.Encode(name)}</th>{string.Concat(cells.Select(c => $"<td style=\"{Cell}\">{Html.Encode(c)}</td>"))}</tr>");
        }

        void TellOverdue()
        {
            Head(text["Overdue.Title"]);
            if (digest.Overdue == 0)
            {
                Line(text["Overdue.None"]);
                return;
            }
            var all = options.Link(digest.Viewer.Reach == Reach.Own ? "/cases?overdue=true&owner=me" : "/cases?overdue=true");
            var count = text[digest.OverdueIsAtLeast ? "Overdue.AtLeast" : "Overdue.Some", ScoreWords.Count(digest.Overdue)];
            plain.AppendLine(count);
            html.Append($"<p style=\"margin-bottom:0\">{Html.Encode(count)}</p><ul style=\"margin-top:4px\">");
            foreach (var one in digest.Cases)
            {
                var link = options.Link($"/cases/{one.Reference}");
                var words = text["Overdue.Case", shell[$"Severity.{one.Severity}"], times.Exact(one.DueAt, digest.Zone), one.Product, one.Region, one.Owner ?? text["Overdue.Nobody"]];
                plain.Append("- ").Append(one.Reference).Append(' ').AppendLine(words).Append("  ").AppendLine(link);
                html.Append($"<li>{Link(link, one.Reference)} {Html.Encode(words)}</li>");
            }
            plain.AppendLine(all).AppendLine();
            html.Append($"</ul><p>{Link(all, text["Overdue.All"])}</p>");
        }
    });

    /// <summary>The scorecard with exactly the days and the place of the letter.</summary>
    public static string Card(DigestPeriod period, DigestUnit unit) => (new ScorecardLink { Parent = unit.Unit.Code } is var link && period.Week is { } week
        ? link with { Named = week, Days = null }
        : link.Between(period.From, period.To)).ToString();

    private string Subject(Digest digest, string days)
    {
        var place = digest.Units.Count == 0 ? text["Title"].Value : string.Join(text["Between"], digest.Units.Select(u => ScorecardNames.Of(u.Unit, scorecards)));
        var changes = digest.Units.Sum(u => u.Changes.Count);
        return text["Subject", place, days, text[changes == 0 ? "Subject.NoChange" : "Subject.Changes", changes], text["Subject.Overdue", ScoreWords.Count(digest.Overdue)]];
    }

    private string Change(DigestUnit unit, DigestChange change) => text[$"Change.{change.Row.Verdict}",
        change.IsWhole ? ScorecardNames.Of(unit.Unit, scorecards) : ScorecardNames.Of(change.Row, scorecards), indicators.Name(change.Indicator),
        IndicatorWords.Difference(change.Row.Change!.Value, change.Indicator), IndicatorWords.Value(change.Row.Score!.Value, change.Indicator), ScoreWords.Count(change.Row.N)];

    private static string Link(string address, string words) => $"<a href=\"{Html.Encode(address)}\">{Html.Encode(words)}</a>";
}
