namespace CxDesk.Data.Cases;

/// <summary>What two people may change of a case at once.</summary>
public enum CaseField { Status, Severity, Owner, Product, WaitingReason, RootCause, ContactOutcome }

/// <summary>One field that somebody changed since a case was read. Values are stored words and names; empty for nothing, as for no owner.</summary>
/// <param name="Seen">As it was read.</param>
/// <param name="Theirs">As it is now.</param>
/// <param name="Mine">As the second one wants it; null where they left it alone.</param>
/// <param name="By">Who changed it; null where nobody did but the second one.</param>
public sealed record CaseDifference(CaseField Field, string Seen, string Theirs, string? Mine, string? By, DateTimeOffset? At)
{
    private static readonly CaseEventName[] Lives =
        [CaseEventName.Claimed, CaseEventName.Assigned, CaseEventName.Waited, CaseEventName.Resumed, CaseEventName.Resolved, CaseEventName.Reopened, CaseEventName.Closed, CaseEventName.Edited, CaseEventName.HandedOver];

    /// <summary>Both changed it, and not to the same.</summary>
    public bool IsContested => Mine is not null && Theirs != Seen && Theirs != Mine;

    /// <summary>What happened beside the fields: it overwrites nothing, and nothing overwrites it.</summary>
    public static bool IsAside(CaseEventRow row) => row.Note is null && row.Name
        is CaseEventName.Watched or CaseEventName.Unwatched or CaseEventName.Linked or CaseEventName.Unlinked or CaseEventName.Escalated or CaseEventName.Recomputed;

    /// <summary>Field by field what others and the second one made of a case. Pure.</summary>
    /// <param name="seen">The case as the second one read it.</param>
    /// <param name="present">As it is.</param>
    /// <param name="events">What happened since.</param>
    /// <param name="mine">What the second one wants, by field.</param>
    public static IReadOnlyList<CaseDifference> Of(CaseRow seen, CaseRow present, IEnumerable<CaseEventRow> events, IReadOnlyDictionary<CaseField, string> mine)
    {
        var since = events.Where(e => e.Version > seen.Version).ToList();
        return [.. from field in Enum.GetValues<CaseField>()
                   let before = Value(seen, field)
                   let now = Value(present, field)
                   let wanted = mine.GetValueOrDefault(field)
                   where now != before || wanted is not null
                   let who = now == before ? null : since.LastOrDefault(e => Touches(e, field))
                   select new CaseDifference(field, before, now, wanted, who?.ActorName, who?.HappenedAt)];
    }

    private static string Value(CaseRow row, CaseField field) => field switch
    {
        CaseField.Status => CaseEventLog.Stored(row.Status),
        CaseField.Severity => CaseEventLog.Stored(row.Severity),
        CaseField.Owner => row.OwnerName ?? "",
        CaseField.Product => row.ProductName,
        CaseField.WaitingReason => row.WaitingReason ?? "",
        CaseField.RootCause => row.RootCause ?? "",
        CaseField.ContactOutcome => row.ContactOutcome is { } outcome ? CaseEventLog.Stored(outcome) : "",
    };

    private static bool Touches(CaseEventRow row, CaseField field) => field switch
    {
        CaseField.Status => Lives.Contains(row.Name),
        CaseField.Severity => row.Detail.Severity is not null,
        CaseField.Owner => row.Detail.Owner is not null || row.Name is CaseEventName.HandedOver or CaseEventName.Reopened,
        CaseField.Product => row.Detail.Product is not null,
        CaseField.WaitingReason => row.Name is CaseEventName.Waited or CaseEventName.Resumed or CaseEventName.Resolved,
        CaseField.RootCause or CaseField.ContactOutcome => row.Name is CaseEventName.Resolved or CaseEventName.Reopened,
    };
}
