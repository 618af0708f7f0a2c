using CxDesk.Data.Calendars;
using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Cases;

/// <summary>
/// Reads one case with all that belongs to it, as far as the viewer may see it. Of its answers and its timeline it reads the
/// newest, with their numbers: where a source gives every customer the same code, one case may hold thousands.
/// </summary>
public sealed class CaseQuery(Db db, RegionCalendars calendars)
{
    /// <summary>How many answers are read at most, beside the one that opened the case.</summary>
    public const int MostAnswers = 100;

    /// <summary>How many lines of the timeline are read at most.</summary>
    public const int MostEvents = 500;

    private static readonly StatementFamily<Reach> One = new(RowPolicy.Reaches, (_, reach) => $"""
        SELECT {CaseBoardRow.Columns},
            c.ClockFrom AS {nameof(CaseRow.ClockFrom)}, c.TargetMinutes AS {nameof(CaseRow.TargetMinutes)}, c.PausedMinutes AS {nameof(CaseRow.PausedMinutes)},
            c.CalendarId AS {nameof(CaseRow.CalendarId)}, c.WaitingUntil AS {nameof(CaseRow.WaitingUntil)}, c.WaitingReason AS {nameof(CaseRow.WaitingReason)},
            s.Name AS {nameof(CaseRow.ResponsibleName)}, e.Name AS {nameof(CaseRow.EscalatedToName)}, c.ProductId AS {nameof(CaseRow.ProductId)},
            k.Segment AS {nameof(CaseRow.Segment)}, k.Phone AS {nameof(CaseRow.Phone)}, k.Email AS {nameof(CaseRow.Email)},
            k.Language AS {nameof(CaseRow.CustomerLanguage)}, COALESCE(k.NoContact, 0) AS {nameof(CaseRow.NoContact)}, c.AnswerId AS {nameof(CaseRow.AnswerId)},
            c.RuleVersion AS {nameof(CaseRow.RuleVersion)}, c.RuleKey AS {nameof(CaseRow.RuleKey)}, c.SeverityByHand AS {nameof(CaseRow.SeverityByHand)}, c.RuleInputs AS {nameof(CaseRow.RuleInputs)}, c.FirstResponseAt AS {nameof(CaseRow.FirstResponseAt)},
            c.ElapsedMinutes AS {nameof(CaseRow.ElapsedMinutes)}, c.RootCause AS {nameof(CaseRow.RootCause)}, c.ContactOutcome AS {nameof(CaseRow.ContactOutcome)},
            c.ClosedAt AS {nameof(CaseRow.ClosedAt)}, c.UpdatedAt AS {nameof(CaseRow.UpdatedAt)}
        FROM Cases c {CaseBoardRow.Joins} LEFT JOIN People s ON s.Id = c.ResponsibleId LEFT JOIN People e ON e.Id = c.EscalatedToId
        WHERE c.Id = @caseId AND {RowPolicy.Cases(reach, "c")}
        """);

    private static readonly Statement Answers = new(d => $"""
        SELECT a.Id AS {nameof(CaseAnswerRow.Id)}, a.RespondedAt AS {nameof(CaseAnswerRow.RespondedAt)}, a.Csat AS {nameof(CaseAnswerRow.Csat)},
            a.Nps AS {nameof(CaseAnswerRow.Nps)}, a.Ces AS {nameof(CaseAnswerRow.Ces)}, a.Comment AS {nameof(CaseAnswerRow.Comment)},
            h.Name AS {nameof(CaseAnswerRow.ChannelName)}, p.Name AS {nameof(CaseAnswerRow.ProductName)}, g.Name AS {nameof(CaseAnswerRow.AgentName)}
        FROM CaseAnswers ca JOIN Answers a ON a.Id = ca.AnswerId JOIN Channels h ON h.Id = a.ChannelId JOIN Products p ON p.Id = a.ProductId
            LEFT JOIN People g ON g.Id = a.AgentId
        WHERE ca.CaseId = @caseId
            AND (ca.AnswerId = @AnswerId OR ca.AnswerId IN (SELECT x.AnswerId FROM CaseAnswers x WHERE x.CaseId = @caseId ORDER BY x.AnswerId DESC {d.Limit("@most")}))
        ORDER BY a.Id
        """);

    private static readonly Statement AnswersTotal = new("SELECT COUNT(*) FROM CaseAnswers WHERE CaseId = @caseId");

    private static readonly Statement Ratings = new($"""
        SELECT ar.AnswerId AS {nameof(CaseRatingRow.AnswerId)}, t.Name AS {nameof(CaseRatingRow.AttributeName)}, ar.Value AS {nameof(CaseRatingRow.Value)},
            t.Maximum AS {nameof(CaseRatingRow.Maximum)}
        FROM AnswerRatings ar JOIN Attributes t ON t.Id = ar.AttributeId
        WHERE ar.AnswerId IN @ids ORDER BY ar.AnswerId, ar.Value, t.Name
        """);

    private static readonly Statement Escalations = new($"""
        SELECT x.Breach AS {nameof(CaseEscalationRow.Breach)}, x.Level AS {nameof(CaseEscalationRow.Level)}, p.Name AS {nameof(CaseEscalationRow.ToName)},
            x.Reason AS {nameof(CaseEscalationRow.Reason)}, x.EscalatedAt AS {nameof(CaseEscalationRow.EscalatedAt)}
        FROM Escalations x LEFT JOIN People p ON p.Id = x.ToPersonId WHERE x.CaseId = @caseId ORDER BY x.Id
        """);

    private static readonly Statement Watchers = new($"""
        SELECT p.Id AS {nameof(CaseWatcherRow.PersonId)}, p.Name AS {nameof(CaseWatcherRow.Name)}
        FROM CaseWatchers w JOIN People p ON p.Id = w.PersonId WHERE w.CaseId = @caseId ORDER BY p.Name, p.Id
        """);

    // Seen from both ends, and only cases that the viewer sees too.
    private static readonly StatementFamily<Reach> Links = new(RowPolicy.Reaches, (_, reach) => $"""
        SELECT c.Id AS {nameof(CaseLinkRow.CaseId)}, k.Kind AS {nameof(CaseLinkRow.Kind)}, c.Status AS {nameof(CaseLinkRow.Status)},
            c.Severity AS {nameof(CaseLinkRow.Severity)}, m.Name AS {nameof(CaseLinkRow.CustomerName)}, p.Name AS {nameof(CaseLinkRow.ProductName)}
        FROM (
                SELECT SecondId AS CaseId, Kind FROM CaseLinks WHERE FirstId = @caseId
                UNION ALL
                SELECT FirstId, CASE Kind WHEN 1 THEN 2 WHEN 2 THEN 1 ELSE Kind END FROM CaseLinks WHERE SecondId = @caseId
            ) k
            JOIN Cases c ON c.Id = k.CaseId JOIN Products p ON p.Id = c.ProductId LEFT JOIN Customers m ON m.Id = c.CustomerId
        WHERE {RowPolicy.Cases(reach, "c")}
        ORDER BY k.Kind, c.Id
        """);

    // As CaseWriter accepts them: active, with a place today in the region or above it; the case's own team first.
    private static readonly StatementFamily<Reach> Owners = new(RowPolicy.Reaches, (d, reach) => $"""
        SELECT o.Id AS {nameof(CaseOwnerRow.Id)}, o.Name AS {nameof(CaseOwnerRow.Name)}, o.UserName AS {nameof(CaseOwnerRow.UserName)},
            MAX(CASE WHEN u.Id = c.TeamId THEN 1 ELSE 0 END) AS {nameof(CaseOwnerRow.IsOfTeam)}
        FROM Cases c CROSS JOIN People o JOIN Places p ON p.PersonId = o.Id JOIN Units u ON u.Id = p.UnitId
        WHERE c.Id = @caseId AND {RowPolicy.Cases(reach, "c")} AND o.IsActive = 1 AND p.FromDay <= @today AND (p.ToDay IS NULL OR p.ToDay > @today)
            AND (u.Id = c.RegionId OR u.ParentId = c.RegionId)
        GROUP BY o.Id, o.Name, o.UserName
        ORDER BY MAX(CASE WHEN u.Id = c.TeamId THEN 1 ELSE 0 END) DESC, o.Name, o.Id {d.Limit("200")}
        """);

    // Whoever could take one of them; the writer says whom a case does not take.
    private static readonly StatementFamily<Reach> OwnersOfSome = new(RowPolicy.Reaches, (d, reach) => $"""
        SELECT o.Id AS {nameof(CaseOwnerRow.Id)}, o.Name AS {nameof(CaseOwnerRow.Name)}, o.UserName AS {nameof(CaseOwnerRow.UserName)},
            MAX(CASE WHEN u.Id = c.TeamId THEN 1 ELSE 0 END) AS {nameof(CaseOwnerRow.IsOfTeam)}
        FROM Cases c JOIN Units u ON u.Id = c.RegionId OR u.ParentId = c.RegionId JOIN Places p ON p.UnitId = u.Id JOIN People o ON o.Id = p.PersonId
        WHERE c.Id IN @caseIds AND {RowPolicy.Cases(reach, "c")} AND o.IsActive = 1 AND p.FromDay <= @today AND (p.ToDay IS NULL OR p.ToDay > @today)
        GROUP BY o.Id, o.Name, o.UserName
        ORDER BY MAX(CASE WHEN u.Id = c.TeamId THEN 1 ELSE 0 END) DESC, o.Name, o.Id {d.Limit("200")}
        """);

    private static readonly Statement PersonOf = new("SELECT Id FROM People WHERE UserName = @userName AND IsActive = 1");
    private static readonly Statement Products = new(d => $"""
        SELECT Id AS {nameof(CaseProductRow.Id)}, Name AS {nameof(CaseProductRow.Name)} FROM Products ORDER BY Name, Id {d.Limit("1000")}
        """);

    private static readonly Statement ProductOf = new("SELECT Id FROM Products WHERE Code = @code");

    /// <returns>Null where there is no such case, or none that the viewer may see.</returns>
    public Task<CaseFile?> Read(Viewer viewer, long caseId, CancellationToken cancel = default) => db.Read<CaseFile?>(async s =>
    {
        if (await s.First<CaseRow>(One[viewer.Reach], RowPolicy.Parameters(viewer, new { caseId })) is not { } row) return null;
        var of = new { caseId };
        var answers = await s.Query<CaseAnswerRow>(Answers, new { caseId, row.AnswerId, most = MostAnswers });
        return new CaseFile
        {
            AsOf = s.Now,
            Case = row,
            Answers = answers,
            AnswersTotal = await s.Single<int>(AnswersTotal, of),
            Ratings = (await s.Query<CaseRatingRow>(Ratings, new { ids = answers.Select(a => a.Id) })).ToLookup(r => r.AnswerId),
            Events = await CaseEventLog.Newest(s, caseId, MostEvents),
            EventsTotal = await CaseEventLog.Count(s, caseId),
            Pauses = await CaseEventLog.Pauses(s, caseId, row.ClockFrom),
            Escalations = await s.Query<CaseEscalationRow>(Escalations, of),
            Watchers = await s.Query<CaseWatcherRow>(Watchers, of),
            Links = await s.Query<CaseLinkRow>(Links[viewer.Reach], RowPolicy.Parameters(viewer, of)),
            RootCausePath = row.RootCause is null ? [] : await Path(s, row.RootCause),
            Calendar = await calendars.Of(s, row.RegionId, row.CalendarId),
        };
    }, cancel);

    /// <summary>Who could take a case that the viewer sees.</summary>
    public Task<IReadOnlyList<CaseOwnerRow>> ReadOwners(Viewer viewer, long caseId, CancellationToken cancel = default) => db.Read(s =>
        s.Query<CaseOwnerRow>(Owners[viewer.Reach], RowPolicy.Parameters(viewer, new { caseId, today = calendars.DayOf(s.Now) })), cancel);

    /// <summary>Who could take one of some cases that the viewer sees.</summary>
    public Task<IReadOnlyList<CaseOwnerRow>> ReadOwners(Viewer viewer, IReadOnlyCollection<long> caseIds, CancellationToken cancel = default) => caseIds.Count == 0
        ? Task.FromResult<IReadOnlyList<CaseOwnerRow>>([])
        : db.Read(s => s.Query<CaseOwnerRow>(OwnersOfSome[viewer.Reach], RowPolicy.Parameters(viewer, new { caseIds, today = calendars.DayOf(s.Now) })), cancel);

    /// <summary>The active person who signs in by a name.</summary>
    public Task<int?> FindPerson(string userName, CancellationToken cancel = default) =>
        db.Read(s => s.First<int?>(PersonOf, new { userName = userName.Trim().ToLowerInvariant() }), cancel);

    /// <summary>What a case may be about.</summary>
    public Task<IReadOnlyList<CaseProductRow>> ReadProducts(CancellationToken cancel = default) => db.Read(s => s.Query<CaseProductRow>(Products), cancel);

    public Task<int?> FindProduct(string code, CancellationToken cancel = default) => db.Read(s => s.First<int?>(ProductOf, new { code }), cancel);

    private static async Task<IReadOnlyList<string>> Path(Session session, string code)
    {
        var causes = await RootCauseQuery.Tree(session);
        return causes.Find(code) is { } cause ? [.. causes.PathOf(cause).Select(c => c.Name ?? c.Code)] : [code];
    }
}

/// <summary>One case with its answers, timeline and clock.</summary>
public sealed record CaseFile
{
    public required DateTimeOffset AsOf { get; init; }
    public required CaseRow Case { get; init; }

    /// <summary>The newest, and the one that opened the case; in the order in which they came.</summary>
    public required IReadOnlyList<CaseAnswerRow> Answers { get; init; }

    /// <summary>How many the case has.</summary>
    public required int AnswersTotal { get; init; }

    /// <summary>Of the answers that were read.</summary>
    public required ILookup<long, CaseRatingRow> Ratings { get; init; }

    /// <summary>The newest, in the order of time.</summary>
    public required IReadOnlyList<CaseEventRow> Events { get; init; }

    /// <summary>How many the case has.</summary>
    public required int EventsTotal { get; init; }

    /// <summary>All pauses of the clock that have ended.</summary>
    public required IReadOnlyList<CasePause> Pauses { get; init; }
    public required IReadOnlyList<CaseEscalationRow> Escalations { get; init; }
    public required IReadOnlyList<CaseWatcherRow> Watchers { get; init; }
    public required IReadOnlyList<CaseLinkRow> Links { get; init; }

    /// <summary>The cause and what it belongs to, from the top; a usual one that nobody renamed by its code.</summary>
    public required IReadOnlyList<string> RootCausePath { get; init; }
    public required BusinessCalendar Calendar { get; init; }

    /// <summary>What the deadline counted and what it left out.</summary>
    public DeadlineWorking Working() => DeadlineWorking.Of(Calendar, Case.ClockFrom, Case.TargetMinutes, Pauses);
}

/// <summary>A case as its own page shows it: all that the board shows, and the rest.</summary>
public sealed record CaseRow : CaseBoardRow
{
    public required DateTimeOffset ClockFrom { get; init; }
    public required int TargetMinutes { get; init; }
    public required int PausedMinutes { get; init; }

    /// <summary>What the deadline was counted by; null: before the region had a stored calendar.</summary>
    public required int? CalendarId { get; init; }
    public required DateTimeOffset? WaitingUntil { get; init; }
    public required string? WaitingReason { get; init; }
    public required string? ResponsibleName { get; init; }
    public required string? EscalatedToName { get; init; }
    public required int ProductId { get; init; }
    public required string? Segment { get; init; }
    public required string? Phone { get; init; }
    public required string? Email { get; init; }
    public required string? CustomerLanguage { get; init; }
    public required bool NoContact { get; init; }

    /// <summary>The answer that opened the case.</summary>
    public required long AnswerId { get; init; }
    public required int RuleVersion { get; init; }
    public required string? RuleKey { get; init; }

    /// <summary>Somebody chose the severity.</summary>
    public required bool SeverityByHand { get; init; }
    public required string RuleInputs { get; init; }
    public required DateTimeOffset? FirstResponseAt { get; init; }
    public required int? ElapsedMinutes { get; init; }
    public required string? RootCause { get; init; }
    public required ContactOutcome? ContactOutcome { get; init; }
    public required DateTimeOffset? ClosedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}

public sealed record CaseAnswerRow
{
    public required long Id { get; init; }
    public required DateTimeOffset RespondedAt { get; init; }
    public required int? Csat { get; init; }
    public required int? Nps { get; init; }
    public required int? Ces { get; init; }
    public required string? Comment { get; init; }
    public required string ChannelName { get; init; }
    public required string ProductName { get; init; }
    public required string? AgentName { get; init; }
}

public sealed record CaseRatingRow
{
    public required long AnswerId { get; init; }
    public required string AttributeName { get; init; }
    public required double Value { get; init; }
    public required double Maximum { get; init; }
}

public sealed record CaseEscalationRow
{
    public required int Breach { get; init; }
    public required int Level { get; init; }
    public required string? ToName { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset EscalatedAt { get; init; }
}

public sealed record CaseProductRow
{
    public required int Id { get; init; }
    public required string Name { get; init; }
}

public sealed record CaseWatcherRow
{
    public required int PersonId { get; init; }
    public required string Name { get; init; }
}

/// <summary>Another case that has to do with the one that was read.</summary>
public sealed record CaseLinkRow
{
    public required long CaseId { get; init; }

    /// <summary>What it is to the one that was read.</summary>
    public required CaseLinkKind Kind { get; init; }
    public required CaseStatus Status { get; init; }
    public required CaseSeverity Severity { get; init; }
    public required string? CustomerName { get; init; }
    public required string ProductName { get; init; }

    public string Reference => CaseReference.Of(CaseId);
}

public sealed record CaseOwnerRow
{
    public required int Id { get; init; }
    public required string Name { get; init; }
    public required string? UserName { get; init; }
    public required bool IsOfTeam { get; init; }
}
