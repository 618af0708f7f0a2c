using CxDesk.Data.Database;
using CxDesk.Data.People;
using Dapper;

namespace CxDesk.Data.Cases;

/// <summary>The keys by which cases stand in an order.</summary>
internal sealed record CaseKey
{
    public required long Id { get; init; }
    public required CaseStatus Status { get; init; }
    public required CaseSeverity Severity { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required decimal Value12m { get; init; }

    public CaseCursor Place(CaseSort sort) => new(sort, Severity, DueAt, Value12m, Id);
}

/// <summary>
/// Finds the next cases of an order. What a viewer may see is a few parts, and each part, status and severity is one range
/// of one index that stands in the order already: from each range come as many ids as the page needs, and these are merged.
/// So a page costs the same however many cases there are, and whichever of them the filter leaves. Only what somebody watches
/// outside their units is gathered whole: it is a list of their own.
/// </summary>
internal sealed class CaseRanges(Session session, CaseLook look)
{
    private static readonly StatementFamily<(CaseSource Source, bool After)> Range = new(
        from source in CaseLook.Sources
        from after in (bool[])[false, true]
        select (source, after),
        (d, shape) =>
        {
            string Select(string range) => $"""
                SELECT c.Id, c.Status, c.Severity, c.DueAt, c.Value12m FROM {CaseLook.From(d, shape.Source.Lead)}c.Status = @status
                 AND c.Severity = @severity AND {range} AND c.DueAt < @dueTo AND {RowPolicy.Part(shape.Source.Part, "c")} AND {CaseLook.Conditions}
                ORDER BY c.DueAt, c.Value12m DESC, c.Id {d.Limit("@limit")}
                """;
            if (!shape.After) return Select("c.DueAt >= @dueFrom");
            // Among many of one deadline the directions are mixed, so "comes after" is no single range. Written with OR an index is read
            // from its start; here each range is a select of its own that an index seeks to, at most a page long.
            return $"""
                SELECT m.* FROM (SELECT * FROM ({Select("c.DueAt = @afterAt AND c.Value12m = @afterValue AND c.Id > @afterId")}) r0
                UNION ALL SELECT * FROM ({Select("c.DueAt = @afterAt AND c.Value12m < @afterValue")}) r1
                UNION ALL SELECT * FROM ({Select("c.DueAt > @afterAt")}) r2) m
                ORDER BY m.DueAt, m.Value12m DESC, m.Id {d.Limit("@limit")}
                """;
        });

    private static readonly StatementFamily<CasePartKind> Watched = new([CasePartKind.Watched, CasePartKind.WatchedOutside], (_, part) => $"""
        SELECT c.Id, c.Status, c.Severity, c.DueAt, c.Value12m FROM CaseWatchers w CROSS JOIN Cases c
        WHERE w.PersonId = @policyPerson AND c.Id = w.CaseId AND {RowPolicy.Part(part, "c")} AND {CaseLook.Conditions}
        """);

    private static readonly StatementFamily<(Reach Reach, bool After)> Newest = new(
        from reach in RowPolicy.Reaches from after in (bool[])[false, true] select (reach, after),
        (d, shape) =>
        {
            string Select(string range) => $"""
                SELECT c.Id, c.OpenedAt AS {nameof(AtRow.At)} FROM Cases c WHERE {range}+c.Status IN @statuses AND +c.Severity IN @severities AND {RowPolicy.Cases(shape.Reach, "c")}
                 AND {CaseLook.Conditions} AND (@overdue IS NULL OR CASE WHEN c.Status < 3 AND c.DueAt < @now THEN 1 ELSE 0 END = @overdue)
                ORDER BY c.OpenedAt DESC, c.Id DESC {d.Limit("@limit")}
                """;
            return !shape.After ? Select("") : $"""
                SELECT m.* FROM (SELECT * FROM ({Select("c.OpenedAt = @afterAt AND c.Id < @afterId AND ")}) r0
                UNION ALL SELECT * FROM ({Select("c.OpenedAt < @afterAt AND ")}) r1) m
                ORDER BY m.{nameof(AtRow.At)} DESC, m.Id DESC {d.Limit("@limit")}
                """;
        });

    private static readonly StatementFamily<(Reach Reach, bool After)> Resolved = new(
        from reach in RowPolicy.Reaches from after in (bool[])[false, true] select (reach, after),
        (d, shape) => $"""
        SELECT c.Id, c.ResolvedAt AS {nameof(AtRow.At)} FROM Cases c
        WHERE c.ResolvedAt >= @today AND {(shape.After ? "c.ResolvedAt <= @afterAt AND (c.ResolvedAt < @afterAt OR c.Id < @afterId) AND " : "")}+c.Severity IN @severities
         AND {RowPolicy.Cases(shape.Reach, "c")} AND {CaseLook.Conditions}
        ORDER BY c.ResolvedAt DESC, c.Id DESC {d.Limit("@limit")}
        """);

    private const int Ties = 20;

    private IReadOnlyList<CaseKey>? _watched;

    /// <summary>The places of the next cases, in their order.</summary>
    public async Task<IReadOnlyList<CaseCursor>> Next(IReadOnlyList<CaseStatus> statuses, CaseSort sort, int limit, CaseCursor? after) => sort switch
    {
        CaseSort.Urgency => await ByUrgency(statuses, limit, after),
        CaseSort.Due => [.. (await Merged(statuses, look.Severities, limit, after)).Select(key => key.Place(sort))],
        CaseSort.Newest => await Walk(Newest, sort, statuses, limit, after),
        CaseSort.ResolvedToday => look.Filter.Overdue == true ? [] : await Walk(Resolved, sort, statuses, limit, after),
    };

    /// <summary>What somebody watches and sees for no other reason, whatever its status, severity and deadline.</summary>
    public async ValueTask<IReadOnlyList<CaseKey>> WatchedKeys(CasePart part) =>
        _watched ??= await session.Query<CaseKey>(Watched[part.Kind], look.Parameters(new { }));

    // One severity after the other, and no further than the page is long.
    private async Task<IReadOnlyList<CaseCursor>> ByUrgency(IReadOnlyList<CaseStatus> statuses, int limit, CaseCursor? after)
    {
        var places = new List<CaseCursor>();
        foreach (var severity in look.Severities)
        {
            if (places.Count == limit) break;
            if (severity < after?.Severity) continue;
            var keys = await Merged(statuses, [severity], limit - places.Count, severity == after?.Severity ? after : null);
            places.AddRange(keys.Select(key => key.Place(CaseSort.Urgency)));
        }
        return places;
    }

    private async Task<IReadOnlyList<CaseKey>> Merged(IReadOnlyList<CaseStatus> statuses, IReadOnlyList<CaseSeverity> severities, int limit, CaseCursor? after)
    {
        var found = new List<CaseKey>();
        foreach (var part in RowPolicy.CaseParts(look.Viewer))
        {
            if (part.IsWatched)
                found.AddRange((await WatchedKeys(part)).Where(key =>
                    statuses.Contains(key.Status) && severities.Contains(key.Severity) && look.IsDue(key.Status, key.DueAt) && IsAfter(key, after)));
            else
                foreach (var status in statuses)
                    foreach (var severity in severities)
                        if (look.Due(status) is { } due) found.AddRange(await Read(part, status, severity, due, limit, after));
        }
        return [.. found.OrderBy(key => key.DueAt).ThenByDescending(key => key.Value12m).ThenBy(key => key.Id).Take(limit)];
    }

    private async Task<IReadOnlyList<CaseKey>> Read(
        CasePart part, CaseStatus status, CaseSeverity severity, (DateTimeOffset From, DateTimeOffset To) due, int limit, CaseCursor? after)
    {
        // A deadline that passed since the page before: what is left begins where the range does.
        if (after is null || after.At < due.From) return await Read(after: null, due.From, limit);
        // Few cases share a deadline to the millisecond: those of the cursor's own that came before it are left out here.
        var keys = await Read(after: null, after.At, limit + Ties);
        IReadOnlyList<CaseKey> left = [.. keys.Where(key => IsAfter(key, after)).Take(limit)];
        return left.Count == limit || keys.Count < limit + Ties ? left : await Read(after, due.From, limit);

        Task<IReadOnlyList<CaseKey>> Read(CaseCursor? after, DateTimeOffset from, int limit)
        {
            var (lead, key) = look.Lead(part, status);
            return session.Query<CaseKey>(Range[(new CaseSource(part.Kind, lead), after is not null)], look.Parameters(new
            {
                partId = part.UnitId, lead = key, status, severity, dueFrom = from, dueTo = due.To, limit,
                afterAt = after?.At, afterValue = after?.Value, afterId = after?.Id,
            }));
        }
    }

    private static bool IsAfter(CaseKey key, CaseCursor? after) => after is null || key.Place(CaseSort.Due).CompareTo(after with { Sort = CaseSort.Due }) > 0;

    private async Task<IReadOnlyList<CaseCursor>> Walk(
        StatementFamily<(Reach, bool)> order, CaseSort sort, IReadOnlyList<CaseStatus> statuses, int limit, CaseCursor? after) =>
    [
        .. from row in await session.Query<AtRow>(order[(look.Viewer.Reach, after is not null)], look.Parameters(new
           {
               statuses, severities = look.Severities, limit, overdue = look.Filter.Overdue is { } overdue ? overdue ? 1 : 0 : (int?)null,
               afterAt = after?.At, afterId = after?.Id,
           }))
           select new CaseCursor(sort, default, row.At, 0, row.Id),
    ];

    private sealed record AtRow
    {
        public required long Id { get; init; }
        public required DateTimeOffset At { get; init; }
    }
}
