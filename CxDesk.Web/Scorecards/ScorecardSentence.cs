using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Web.Shell;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Scorecards;

/// <summary>What a scorecard found, as one says it: "Company 4.18, 0.02 under target; worse by 0.11; North explains about 75 % of the fall."</summary>
public sealed class ScorecardSentence(IStringLocalizer<ScorecardsText> text)
{
    // From here on "all of it" says it better than 97 %.
    private const double All = 0.95;

    public string Of(Scorecard card, ScorecardView view)
    {
        var (total, kind) = (card.Total, card.Filter.Indicator);
        var place = ScorecardNames.Title(card, text);
        if (total.N == 0) return text[kind.Kind == RollupKind.Measure ? "Sentence.NotMeasured" : "Sentence.None", place];
        if (total.Score is not { } score) return text[total.IsTooFew ? "Sentence.Withheld" : "Sentence.Hidden", place, ScoreWords.Count(total.N)];

        List<string> parts = [Against(place, score, total, kind), .. Change(total, kind, ScorecardNames.Against(card.Filter, text))];
        if (card.Cause() is { } cause) parts.Add(Cause(cause.Row, cause.Share, total));
        if (view != ScorecardView.Answer && card.Rows.Count(r => r.Standing == Standing.Bad) is > 0 and var bad)
            parts.Add(text[$"Sentence.Bad.{view}", bad, card.Rows.Count(r => r.N > 0)]);
        return text["Sentence.End", string.Join(text["Sentence.And"], parts)];
    }

    private string Against(string place, double score, ScorecardRow total, Indicator kind)
    {
        var said = IndicatorWords.Value(score, kind);
        if (total.Gap is not { } gap) return text["Sentence.Score", place, said];
        var distance = Distance(gap, kind);
        return total.Standing switch
        {
            _ when IsZero(distance) => text["Sentence.On", place, said],
            Standing.Watch => text[gap > 0 ? "Sentence.OverPerhaps" : "Sentence.UnderPerhaps", place, said, distance],
            _ => text[gap > 0 ? "Sentence.Over" : "Sentence.Under", place, said, distance],
        };
    }

    private IEnumerable<string> Change(ScorecardRow total, Indicator kind, string before) => total is not { Change: { } change } ? [] : total.Verdict switch
    {
        Verdict.Better or Verdict.Worse when kind.IsHigherBetter => [text[change > 0 ? "Sentence.Up" : "Sentence.Down", Distance(change, kind), before]],
        // That a wait fell is good news, which its direction alone does not say.
        Verdict.Better => [text["Sentence.DownBetter", Distance(change, kind), before]],
        Verdict.Worse => [text["Sentence.UpWorse", Distance(change, kind), before]],
        Verdict.NoClearChange => [text["Sentence.NoClearChange", before]],
        Verdict.TooFew => [],
    };

    private string Cause(ScorecardRow row, double share, ScorecardRow total)
    {
        var rise = total.Change > 0;
        var name = ScorecardNames.Of(row, text);
        return share >= All
            ? text[rise ? "Sentence.CauseAllRise" : "Sentence.CauseAllFall", name]
            : text[rise ? "Sentence.CauseRise" : "Sentence.CauseFall", name, (int)Math.Round(share * 20) * 5];
    }

    private static string Distance(double difference, Indicator kind) => IndicatorWords.Difference(Math.Abs(difference), kind).TrimStart('+');
    private static bool IsZero(string distance) => !distance.Any(c => c is >= '1' and <= '9');
}
