using System.Globalization;
using CxDesk.Data.Cases;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Cases;

/// <summary>What the case desk calls things, in the language of the moment.</summary>
public sealed class CaseWords(IStringLocalizer<CasesText> text)
{
    public string Status(CaseStatus status) => text[$"Status.{status}"];

    public string Outcome(ContactOutcome outcome) => text[$"Outcome.{outcome}"];

    /// <summary>A cause of the usual list in the reader's words; one of the company's own as it was written.</summary>
    public string RootCause(string cause) => text[$"RootCause.{cause}"] is { ResourceNotFound: false } known ? known.Value : cause;

    public string RootCause(RootCauseRow cause) => cause.Name ?? RootCause(cause.Code);

    /// <summary>A cause with what it belongs to, from the top.</summary>
    public string RootCause(IEnumerable<string> path) => string.Join(" ▸ ", path.Select(RootCause));

    /// <summary>What another case is to this one.</summary>
    public string Link(CaseLinkKind kind) => text[$"Link.{kind}"];

    /// <summary>What a field of a case says, by its stored word.</summary>
    public string Field(CaseField field, string value) => value.Length == 0 ? field == CaseField.Owner ? text["Event.Nobody"] : "—" : field switch
    {
        CaseField.Status => Status(Enum.Parse<CaseStatus>(value, ignoreCase: true)),
        CaseField.Severity => Severity(value),
        CaseField.ContactOutcome => Outcome(Enum.Parse<ContactOutcome>(value, ignoreCase: true)),
        CaseField.RootCause => RootCause(value),
        CaseField.Owner or CaseField.Product or CaseField.WaitingReason => value,
    };

    /// <summary>Business time in hours and minutes: a business day has no fixed length, so days are not said.</summary>
    public string Business(TimeSpan span)
    {
        var minutes = (long)span.Duration().TotalMinutes;
        if (minutes < 60) return text["Business.Minutes", minutes];
        return minutes % 60 == 0 || minutes >= 24 * 60 ? text["Business.Hours", minutes / 60] : text["Business.HoursMinutes", minutes / 60, minutes % 60];
    }

    /// <summary>"1,204", or "1,000+" where it was counted no further.</summary>
    /// <param name="name">As <see cref="CaseCounts.AtLeast"/> names it.</param>
    public string Count(CaseCounts counts, int count, string name) =>
        count.ToString("N0", CultureInfo.CurrentCulture) + (counts.AtLeast.Contains(name) ? "+" : "");

    /// <summary>How many lie in a lane.</summary>
    public string Count(CaseCounts counts, CaseStatus lane) => Count(counts, counts.Of(lane), LaneName(lane));

    /// <summary>How many open cases, or how many of the statuses that a filter names.</summary>
    public string Count(CaseCounts counts, CaseBoardFilter filter)
    {
        if (filter.Overdue == true) return Count(counts, counts.Overdue, "overdue");
        IReadOnlyList<CaseStatus> lanes = filter.Statuses.Count > 0 ? [.. filter.Statuses.Where(lane => lane != CaseStatus.Closed)] : [CaseStatus.New, CaseStatus.InProgress, CaseStatus.Waiting];
        return lanes.Sum(counts.Of).ToString("N0", CultureInfo.CurrentCulture) + (lanes.Any(lane => counts.AtLeast.Contains(LaneName(lane))) ? "+" : "");
    }

    private static string LaneName(CaseStatus lane) => lane is CaseStatus.Resolved or CaseStatus.Closed ? "resolvedToday" : CaseEventLog.Stored(lane);

    public string Column(CaseColumn column) => text[$"Column.{column}"];

    public string Value(decimal value12m) => value12m.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>"CSAT 1 · NPS 3".</summary>
    public string Scores(int? csat, int? nps, int? ces) => string.Join(" · ",
        from score in new (string Key, int? Value)[] { ("Score.Csat", csat), ("Score.Nps", nps), ("Score.Ces", ces) }
        where score.Value is not null
        select $"{text[score.Key]} {score.Value}");

    /// <summary>What stands in the way, and what to do.</summary>
    public string Refusal(CaseResult.Refused refused) => text[$"Refusal.{refused.Why}", refused.Name ?? ""];

    /// <summary>What an event did, without who and when.</summary>
    public string Event(CaseEventRow row)
    {
        var detail = row.Detail;
        return row.Name switch
        {
            CaseEventName.Opened => text["Event.Opened", Severity(detail.Severity?.To)],
            CaseEventName.Joined => detail.Severity is { } raised ? text["Event.JoinedRaised", Severity(raised.To)] : text["Event.Joined"],
            CaseEventName.Claimed => detail.Owner?.To is { } other && other != row.ActorName ? text["Event.ClaimedFor", other] : text["Event.Claimed"],
            CaseEventName.Assigned => text["Event.Assigned", detail.Owner?.To ?? ""],
            CaseEventName.Noted => text["Event.Noted"],
            CaseEventName.Waited => text["Event.Waited"],
            CaseEventName.Resumed => text["Event.Resumed", Business(TimeSpan.FromMinutes(detail.PausedMinutes ?? 0))],
            CaseEventName.Resolved => text[detail.InTime == true ? "Event.ResolvedInTime" : "Event.ResolvedLate", RootCause(detail.RootCausePath ?? [detail.RootCause ?? ""]), detail.ContactOutcome is { } o ? Outcome(o) : "", Business(TimeSpan.FromMinutes(detail.ElapsedMinutes ?? 0))],
            CaseEventName.Reopened => text["Event.Reopened"],
            CaseEventName.Closed => text["Event.Closed"],
            CaseEventName.Edited => string.Join("; ", Edits(detail)),
            CaseEventName.Escalated => text["Event.Escalated", detail.Level ?? 0, detail.To ?? text["Event.Nobody"].Value] + PassedOver(detail),
            CaseEventName.HandedOver => text["Event.HandedOver", detail.To ?? text["Event.Nobody"].Value],
            CaseEventName.Recomputed => text["Event.Recomputed"],
            CaseEventName.Watched => detail.Watcher is { } added ? text["Event.WatchedBy", added] : text["Event.Watched"],
            CaseEventName.Unwatched => detail.Watcher is { } removed ? text["Event.UnwatchedBy", removed] : text["Event.Unwatched"],
            CaseEventName.Linked => text["Event.Linked", detail.Link is { } link ? Link(link.Kind) : "", detail.Link?.Case ?? ""],
            CaseEventName.Unlinked => text["Event.Unlinked", detail.Link?.Case ?? ""],
        };
    }

    public string Severity(string? word) => word is null ? "" : text[$"Severity.{word}"];

    private string PassedOver(CaseEventDetail detail) => detail.PassedOver is { Count: > 0 } skipped
        ? text["Event.PassedOver", string.Join(", ", skipped.Select(p => text[$"PassedOver.{p.Why}", p.Unit].Value))]
        : "";

    private IEnumerable<string> Edits(CaseEventDetail detail)
    {
        if (detail.Severity is { } severity) yield return text["Event.EditedSeverity", Severity(severity.From), Severity(severity.To)];
        if (detail.Owner is { } owner) yield return text["Event.EditedOwner", owner.From ?? text["Case.Unowned"].Value, owner.To ?? text["Case.Unowned"].Value];
        if (detail.Product is { } product) yield return text["Event.EditedProduct", product.From ?? "", product.To ?? ""];
    }
}
