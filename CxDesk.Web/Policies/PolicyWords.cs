using System.Globalization;
using CxDesk.Data.Cases;
using CxDesk.Data.Policies;
using CxDesk.Web.Cases;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Policies;

/// <summary>Policies in sentences, in the language of the moment.</summary>
public sealed class PolicyWords(IStringLocalizer<PoliciesText> text, CaseWords words)
{
    /// <summary>"CSAT 1–2 and product is Fibre"; of a rule without conditions that it is every answer.</summary>
    public string When(PolicyConditions when, PolicyNames names)
    {
        var parts = Parts(when, names).ToList();
        return parts.Count == 0 ? text["When.Always"] : string.Join(text["When.And"], parts);
    }

    /// <summary>The whole rule: "CSAT 1–2 and product is Fibre → high".</summary>
    public string Sentence(PolicyRule rule, PolicyNames names) => $"{When(rule.When, names)} → {Then(rule)}";

    public string Then(PolicyRule rule) => rule.Effect switch
    {
        PolicyEffect.Open => Severity(rule.Severity ?? CaseSeverity.Low),
        PolicyEffect.Raise => text["Then.Raise"],
        PolicyEffect.Ignore => text["Then.Ignore"],
    };

    public string Severity(CaseSeverity severity) => words.Severity(CaseEventLog.Stored(severity));

    public string Effect(PolicyEffect effect) => text[$"Effect.{effect}"];

    public string Owner(PolicyOwner owner, PolicyNames names) => owner.Kind switch
    {
        OwnerKind.Line => text["Owner.Line"],
        OwnerKind.Person => text["Owner.IsPerson", names.People.GetValueOrDefault(owner.PersonId ?? 0) ?? text["Owner.Gone"].Value],
        OwnerKind.Queue => text["Owner.IsQueue", names.Teams.GetValueOrDefault(owner.TeamId ?? 0) ?? text["Owner.Gone"].Value],
    };

    public string Reopen(PolicyRestart restart) =>
        restart.Kind == RestartKind.Full ? text["Reopen.Full"] : text["Reopen.Left", Minutes(restart.AtLeastMinutes)];

    public string Minutes(int? minutes) => minutes is { } some ? words.Business(TimeSpan.FromMinutes(some)) : text["Times.None"];

    /// <summary>"first answer 1 h, resolved 4 h, warning 1 h before, climbs: at the deadline, 4 h".</summary>
    public string Times(CaseTiming timing) =>
        text["Times.Sentence", Minutes(timing.FirstResponseMinutes), Minutes(timing.TargetMinutes), Minutes(timing.WarnMinutesBefore), Steps(timing.EscalationSteps)];

    /// <summary>The whole rule with times and owner of its own.</summary>
    public string Whole(PolicyRule rule, PolicyNames names) => string.Join(text["When.Semicolon"],
        ((string?[])[Sentence(rule, names), rule.Timing is { } timing ? Times(timing) : null, rule.Owner is { } owner ? Owner(owner, names) : null]).OfType<string>());

    /// <summary>"at the deadline, 4 h, 8 h".</summary>
    public string Steps(IReadOnlyList<int> steps) =>
        steps.Count == 0 ? text["Times.Never"] : string.Join(text["When.Comma"], steps.Select(s => s == 0 ? text["Times.AtDeadline"].Value : Minutes(s)));

    public string Change(PolicyChange change, PolicyNames names) => change.Kind switch
    {
        PolicyChangeKind.TimesChanged => text["Change.Times", Severity(change.Severity!.Value)],
        PolicyChangeKind.RulesReordered or PolicyChangeKind.OwnerChanged or PolicyChangeKind.ReopenChanged => text[$"Change.{change.Kind}"],
        _ => text[$"Change.{change.Kind}", (change.After ?? change.Before)!.Name],
    };

    /// <summary>What decided about a case, part by part; codes as intake sent them.</summary>
    public IEnumerable<string> Inputs(CaseInputs inputs)
    {
        var scores = words.Scores(inputs.Csat, inputs.Nps, inputs.Ces);
        if (scores.Length > 0) yield return scores;
        foreach (var (key, code) in ((string, string?)[])[("Product", inputs.Product), ("Region", inputs.Region), ("Channel", inputs.Channel), ("Touchpoint", inputs.Touchpoint)])
            if (code is not null) yield return text[$"When.{key}", code];
        foreach (var (measure, value) in inputs.Operational ?? new Dictionary<string, double>()) yield return text["When.Score", measure, Number(value)];
        if (inputs.Words is { Count: > 0 } said) yield return text["When.Words", Or(said.Select(w => text["When.Quoted", w].Value))];
        if (inputs.TierA) yield return text["Why.TierA"];
    }

    private IEnumerable<string> Parts(PolicyConditions when, PolicyNames names)
    {
        foreach (var (key, range) in ((string, ScoreRange?)[])[("Csat", when.Csat), ("Nps", when.Nps), ("Ces", when.Ces)])
            if (range is not null) yield return text["When.Score", text[$"Score.{key}"].Value, range.From == range.To ? Number(range.From) : $"{Number(range.From)}–{Number(range.To)}"];
        if (when.Measure is { } measure)
        {
            var name = names.Measures.GetValueOrDefault(measure.Code, measure.Code);
            yield return measure switch
            {
                { From: { } from, To: { } to } => text["When.MeasureBetween", name, Number(from), Number(to)],
                { From: { } from } => text["When.MeasureFrom", name, Number(from)],
                _ => text["When.MeasureTo", name, Number(measure.To ?? 0)],
            };
        }
        foreach (var (key, codes, known) in ((string, IReadOnlyList<string>?, IReadOnlyDictionary<string, string>)[])
            [("Product", when.Products, names.Products), ("Region", when.Regions, names.Regions), ("Channel", when.Channels, names.Channels), ("Touchpoint", when.Touchpoints, names.Touchpoints)])
            if (codes is { Count: > 0 }) yield return text[$"When.{key}", Or(codes.Select(c => known.GetValueOrDefault(c, c)))];
        if (when.Words is { Count: > 0 } said) yield return text["When.Words", Or(said.Select(w => text["When.Quoted", w].Value))];
        if (when.ValueFrom is { } value) yield return text["When.Value", words.Value(value)];
        if (when.TierA is { } tierA) yield return text[tierA ? "When.TierA" : "When.NotTierA"];
        if (when.Segments is { Count: > 0 } segments) yield return text["When.Segment", Or(segments)];
    }

    private string Or(IEnumerable<string> names) => string.Join(text["When.Or"], names);

    private static string Number(double value) => value.ToString("#,0.##", CultureInfo.CurrentCulture);
}
