using CxDesk.Data.Cases;

namespace CxDesk.Web.Cases;

/// <summary>A board as it is shown: the newest read, or that with one list kept in its order while somebody reads in it.</summary>
public sealed record CaseHold
{
    public required CaseBoardRead Read { get; init; }

    /// <summary>Rows that are not there any more and only keep their place, so that nothing below them jumps. What they said is not shown.</summary>
    public IReadOnlySet<long> Gone { get; init; } = new HashSet<long>();

    /// <summary>How many new rows wait until the reader lets go.</summary>
    public int Waiting { get; init; }

    /// <summary>The newest read goes on the screen as it is, but for the list that holds the row being read.</summary>
    /// <remarks>
    /// That list keeps its order. Its rows are changed in place; what came in new waits; what left goes at once where it
    /// stands below the row, and keeps an empty place where it stands above it or is it. A case that moved to another
    /// lane stays where it is being read until the reader lets go.
    /// </remarks>
    /// <param name="held">The row under the cursor or with the focus; null: nobody reads.</param>
    public static CaseHold Take(CaseHold? shown, CaseBoardRead fresh, long? held)
    {
        if (held is null || shown is null) return new CaseHold { Read = fresh };
        return (shown.Read, fresh) switch
        {
            (CaseBoardPage before, CaseBoardPage now) when Place(before.Rows, held.Value) >= 0 => InPage(before.Rows, now, held.Value),
            (CaseLanes before, CaseLanes now) when before.Rows.FirstOrDefault(lane => Place(lane.Value, held.Value) >= 0) is { Value: not null } lane && now.Rows.ContainsKey(lane.Key)
                => InLane(lane.Key, lane.Value, now, held.Value),
            _ => new CaseHold { Read = fresh },
        };
    }

    /// <summary>The rows of a read, whatever it is.</summary>
    public static IEnumerable<CaseBoardRow> AllOf(CaseBoardRead read) => read switch
    {
        CaseLanes lanes => lanes.Rows.Values.SelectMany(rows => rows),
        CaseBoardPage page => page.Rows,
        _ => [],
    };

    private static CaseHold InPage(IReadOnlyList<CaseBoardRow> before, CaseBoardPage now, long held)
    {
        var (rows, gone, waiting) = Kept(before, now.Rows, now.Rows, held);
        return new CaseHold { Read = now with { Rows = rows }, Gone = gone, Waiting = waiting };
    }

    private static CaseHold InLane(CaseStatus lane, IReadOnlyList<CaseBoardRow> before, CaseLanes now, long held)
    {
        var (rows, gone, waiting) = Kept(before, now.Rows[lane], AllOf(now), held);
        var here = rows.Select(row => row.Id).ToHashSet();
        return new CaseHold
        {
            Gone = gone,
            Waiting = waiting,
            Read = now with { Rows = now.Rows.ToDictionary(l => l.Key, l => l.Key == lane ? rows : [.. l.Value.Where(row => !here.Contains(row.Id))]) },
        };
    }

    private static (IReadOnlyList<CaseBoardRow> Rows, HashSet<long> Gone, int Waiting) Kept(
        IReadOnlyList<CaseBoardRow> before, IReadOnlyList<CaseBoardRow> now, IEnumerable<CaseBoardRow> anywhere, long held)
    {
        var fresh = anywhere.ToDictionary(row => row.Id);
        var inList = now.Select(row => row.Id).ToHashSet();
        var at = Place(before, held);
        var rows = new List<CaseBoardRow>();
        var gone = new HashSet<long>();
        for (var i = 0; i < before.Count; i++)
        {
            var row = before[i];
            if (inList.Contains(row.Id)) rows.Add(fresh[row.Id]);
            else if (i <= at)
            {
                rows.Add(fresh.GetValueOrDefault(row.Id, row));
                if (!fresh.ContainsKey(row.Id)) gone.Add(row.Id);
            }
        }
        var known = before.Select(row => row.Id).ToHashSet();
        return (rows, gone, now.Count(row => !known.Contains(row.Id)));
    }

    private static int Place(IReadOnlyList<CaseBoardRow> rows, long id)
    {
        for (var i = 0; i < rows.Count; i++) if (rows[i].Id == id) return i;
        return -1;
    }
}
