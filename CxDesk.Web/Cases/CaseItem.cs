using System.Diagnostics.CodeAnalysis;
using CxDesk.Data.Cases;

namespace CxDesk.Web.Cases;

/// <summary>GET /cases as the contract writes it.</summary>
/// <param name="AtLeast">Which of the counts, by name, are not exact: there may be more.</param>
public sealed record CaseList(IEnumerable<CaseItem> Items, string? NextCursor, CaseCounts Counts, IReadOnlyList<string> AtLeast);

/// <summary>A case of a list.</summary>
public record CaseItem
{
    public required string Id { get; init; }
    public required string Status { get; init; }
    public required string Severity { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required bool Overdue { get; init; }

    /// <summary>A user name; the plain name of a person who cannot sign in.</summary>
    public required string? Owner { get; init; }
    public required string Unit { get; init; }
    public required string Region { get; init; }
    public required string Product { get; init; }
    public required string? Agent { get; init; }
    public required CaseItemCustomer? Customer { get; init; }
    public required CaseItemScores Scores { get; init; }
    public required string? Comment { get; init; }
    public required int EscalationLevel { get; init; }
    public required int Version { get; init; }

    [SetsRequiredMembers]
    public CaseItem(CaseBoardRow row, DateTimeOffset now)
    {
        Id = row.Reference;
        Status = CaseEventLog.Stored(row.Status);
        Severity = CaseEventLog.Stored(row.Severity);
        OpenedAt = row.OpenedAt;
        DueAt = row.DueAt;
        Overdue = row.IsOverdue(now);
        Owner = row.OwnerUserName ?? row.OwnerName;
        Unit = row.TeamCode;
        Region = row.RegionCode;
        Product = row.ProductCode;
        Agent = row.AgentCode;
        Customer = row.CustomerCode is { } code ? new CaseItemCustomer(code, row.CustomerName, row.Value12m) : null;
        Scores = new CaseItemScores(row.Csat, row.Nps, row.Ces);
        Comment = row.Comment;
        EscalationLevel = row.EscalationLevel;
        Version = row.Version;
    }
}

public sealed record CaseItemCustomer(string Id, string? Name, decimal Value12m);

public sealed record CaseItemScores(int? Csat, int? Nps, int? Ces);

/// <summary>One case with its clock, its answers and its timeline.</summary>
public sealed record CaseDocument : CaseItem
{
    public required int TargetMinutes { get; init; }
    public required int PausedMinutes { get; init; }
    public required DateTimeOffset? WaitingSince { get; init; }
    public required DateTimeOffset? WaitingUntil { get; init; }
    public required string? WaitingReason { get; init; }
    public required string? Responsible { get; init; }
    public required string? EscalatedTo { get; init; }
    public required IEnumerable<string> Watchers { get; init; }
    public required IEnumerable<LinkedCase> Links { get; init; }
    public required DateTimeOffset? FirstResponseAt { get; init; }
    public required DateTimeOffset? ResolvedAt { get; init; }
    public required bool? ResolvedInTime { get; init; }
    public required int? ElapsedMinutes { get; init; }
    public required string? RootCause { get; init; }
    public required string? ContactOutcome { get; init; }
    public required DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The newest 100, and the one that opened the case.</summary>
    public required IEnumerable<CaseAnswerRow> Answers { get; init; }
    public required int AnswersTotal { get; init; }

    /// <summary>The newest 500 lines.</summary>
    public required IEnumerable<CaseEventItem> Timeline { get; init; }
    public required int TimelineTotal { get; init; }

    [SetsRequiredMembers]
    public CaseDocument(CaseFile file) : base(file.Case, file.AsOf)
    {
        var row = file.Case;
        TargetMinutes = row.TargetMinutes;
        PausedMinutes = row.PausedMinutes;
        WaitingSince = row.WaitingSince;
        WaitingUntil = row.WaitingUntil;
        WaitingReason = row.WaitingReason;
        Responsible = row.ResponsibleName;
        EscalatedTo = row.EscalatedToName;
        Watchers = file.Watchers.Select(w => w.Name);
        Links = file.Links.Select(l => new LinkedCase(l.Reference, l.Kind));
        FirstResponseAt = row.FirstResponseAt;
        ResolvedAt = row.ResolvedAt;
        ResolvedInTime = row.ResolvedInTime;
        ElapsedMinutes = row.ElapsedMinutes;
        RootCause = row.RootCause;
        ContactOutcome = row.ContactOutcome is { } outcome ? CaseEventLog.Stored(outcome) : null;
        ClosedAt = row.ClosedAt;
        Answers = file.Answers;
        AnswersTotal = file.AnswersTotal;
        Timeline = file.Events.Select(CaseEventItem.Of);
        TimelineTotal = file.EventsTotal;
    }
}

/// <summary>One line of the timeline: who did what, when.</summary>
public sealed record CaseEventItem(DateTimeOffset At, string Event, string By, string? Note, CaseEventDetail Detail, int Version)
{
    public static CaseEventItem Of(CaseEventRow row) => new(row.HappenedAt, CaseEventLog.Stored(row.Name), row.ActorName, row.Note, row.Detail, row.Version);
}
