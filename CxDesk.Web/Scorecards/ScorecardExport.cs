using System.Text;
using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Scorecards;

/// <summary>The tables of a scorecard as files, for the same address as the page's and with the same figures.</summary>
public sealed class ScorecardExport(
    CurrentViewer current, ScorecardQuery query, Db db, Company company, IndicatorWords indicators, IStringLocalizer<ScorecardsText> text, IStringLocalizer<ShellText> words)
{
    /// <summary>More answers than these are not written; the last line then says so.</summary>
    public const int MostAnswers = 10_000;

    private static readonly string[] Columns = ["Key", "Name", "N", "Score", "Low", "High", "Target", "Gap", "Change", "Verdict", "Withheld", "Open", "Overdue", "Resolved", "InTime"];
    private static readonly string[] Compared = ["Estimate", "EstimateLow", "EstimateHigh", "BestPlace", "WorstPlace"];

    /// <param name="what">The rows; or <c>why</c>, what the change is made of; <c>lines</c>, the numbers of the lines; <c>answers</c>, the answers behind it.</param>
    public async Task<IResult> Read(HttpContext context, string what, CancellationToken cancel)
    {
        var link = ScorecardLink.Parse(context.Request.GetEncodedUrl());
        if (await current.Get() is not { } viewer) return TypedResults.Forbid();
        var ofAnswers = what == "answers";
        if (!ofAnswers && link.By is null or ScorecardView.Answer) return TypedResults.NotFound();
        var by = ofAnswers ? RollupBy.Company : Enum.Parse<RollupBy>(link.By!.Value.ToString());
        var period = link.Period(company, company.DayOf(db.Now));
        var before = ScorecardBefore.Of(link.Against, period, company.FiscalStart, out _);
        var (card, answers, span) = await db.Read(async s =>
        {
            if ((await IndicatorQuery.Read(s)).Find(link.Measure) is not { } indicator || await query.Read(s, viewer, link.Filter(by, indicator, period, before)) is not { } found) return default;
            return (found, ofAnswers ? await AnswersQuery.Read(s, viewer, found.Answers(company), count: MostAnswers + 1) : [], await RollupSpanQuery.Read(s, viewer, indicator));
        }, cancel);
        if (card is null || (what == "why" && card.Split is null) || (ofAnswers && !card.Total.MayOpen && viewer.Reach != Reach.Own)) return TypedResults.NotFound();

        var of = string.Concat(card.Subjects.All.Select(s => $"-{s.Subject.Code}"));
        var name = FormattableString.Invariant($"{(what == "export" ? "scorecard" : $"scorecard-{what}")}-{card.Place.Code}{of}{(ofAnswers ? "" : $"-{by}")}-{link.Measure}-{period.From:yyyy-MM-dd}-{period.To:yyyy-MM-dd}");
        return Facts(card, span, db.Now).File(words, what switch
        {
            "why" => Why(card, text),
            "lines" => Lines(card, text),
            "answers" => Answers(answers, text),
            _ => Text(card, text),
        }, name);
    }

    /// <summary>What the file is of, as the page says it on paper.</summary>
    public CsvFacts Facts(Scorecard card, RollupSpan? span, DateTimeOffset at) => new()
    {
        Of = [ScorecardNames.Title(card, text), indicators.Name(card.Filter.Indicator), indicators.Unit(card.Filter.Indicator)],
        From = card.Filter.From, To = card.Filter.To, N = card.Total.N, At = at,
        More = [[text["Export.Against"].Value, card.Filter.BeforeFrom, card.Filter.BeforeTo.AddDays(-1)], .. ScorecardNames.Missing(span, [new(card.Filter.From, card.Filter.To), ScorecardNames.Before(card.Filter)], text).Select(note => new object?[] { note })],
    };

    /// <summary>The answers behind a figure, newest first.</summary>
    /// <param name="answers">One more than are written, where there are more.</param>
    public static string Answers(IReadOnlyList<AnswerRow> answers, IStringLocalizer<ScorecardsText> text)
    {
        var file = new StringBuilder(Csv.Line(((string[])["At", "Score", "Comment", "Customer", "Product", "Channel", "Agent", "Team", "Case"]).Select(c => text[$"Export.{c}"].Value)));
        foreach (var row in answers.Take(MostAnswers))
            file.Append(Csv.Line(row.RespondedAt, row.Value, row.Comment, row.Customer, row.Product, row.Channel, row.Agent, row.IsNoTeam ? text["Name.NoTeam"].Value : row.Team,
                row.CaseId is { } id ? text["Answers.Case", id].Value : null));
        if (answers.Count > MostAnswers) file.Append(Csv.Line(text["Export.Capped", ScoreWords.Count(MostAnswers)].Value));
        return file.ToString();
    }

    /// <summary>What the change is made of, row by row; what is not shown by itself has no code.</summary>
    public static string Why(Scorecard card, IStringLocalizer<ScorecardsText> text)
    {
        var file = new StringBuilder(Csv.Line(((string[])["Key", "Name", "Mix", "Real", "Margin", "Sum", "IsCertain"]).Select(c => text[$"Export.{c}"].Value)));
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
        var file = new StringBuilder(Csv.Line(((string[])["Key", "Name", "From", "To", "N", "Score"]).Select(c => text[$"Export.{c}"].Value)));
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
        var file = new StringBuilder(Csv.Line([.. Columns.Concat(isCompared ? Compared : []).Select(c => text[$"Export.{c}"].Value)]));
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
