using CxDesk.Data.Database;

namespace CxDesk.Data.Cases;

/// <summary>What of a case is counted: where it lies, its status and severity, and the UTC day of its deadline.</summary>
public readonly record struct CaseTally(int RegionId, int TeamId, CaseStatus Status, CaseSeverity Severity, DateTimeOffset DueAt);

/// <summary>
/// The numbers of open cases by team and by day and month of their deadline, kept in the transaction that changes a case, so
/// that a board of a million cases is counted in a few hundred rows and exactly. Whoever inserts a case, or changes its
/// status, severity, deadline or team, says so by <see cref="Shift"/>.
/// </summary>
public sealed class CaseTallies : IGathered
{
    private static readonly string[] Parameters = ["grain", "fromDay", "regionId", "teamId", "new", "inProgress", "waiting", "critical"];

    private static readonly Statement Increase = new("""
        UPDATE CaseTallies SET New = New + @new, InProgress = InProgress + @inProgress, Waiting = Waiting + @waiting, Critical = Critical + @critical
        WHERE Grain = @grain AND FromDay = @fromDay AND RegionId = @regionId AND TeamId = @teamId
        """);

    private static readonly Statement Insert = new("""
        INSERT INTO CaseTallies (Grain, FromDay, RegionId, TeamId, New, InProgress, Waiting, Critical)
        VALUES (@grain, @fromDay, @regionId, @teamId, @new, @inProgress, @waiting, @critical)
        """);

    private static readonly Statement Emptied = new("""
        DELETE FROM CaseTallies WHERE FromDay < @before AND New = 0 AND InProgress = 0 AND Waiting = 0
        """);

    private readonly Dictionary<(Grain Grain, DateOnly FromDay, int RegionId, int TeamId), Delta> _deltas = [];

    private enum Grain { Month = 1, Day = 2 }

    /// <summary>Counts a case as it is now, and no more as it was.</summary>
    /// <param name="before">Null: the case is new.</param>
    /// <param name="after">Null: the case is gone.</param>
    public static void Shift(Session session, CaseTally? before, CaseTally? after)
    {
        if (before == after) return;
        var tallies = session.Gather<CaseTallies>();
        if (before is { } was) tallies.Add(was, -1);
        if (after is { } becomes) tallies.Add(becomes, 1);
    }

    /// <summary>Forgets days on which nothing is due any more.</summary>
    /// <returns>How many tallies went.</returns>
    public static Task<int> Prune(Db db, CancellationToken cancel = default) =>
        db.Write(s => s.Execute(Emptied, new { before = DateOnly.FromDateTime(s.Now.UtcDateTime).AddDays(-40) }), cancel);

    Task IGathered.Store(Session session)
    {
        var (increase, insert) = (session.Prepare(Increase, Parameters), session.Prepare(Insert, Parameters));
        // In one order, so that writers on two nodes do not lock each other out.
        foreach (var (key, delta) in _deltas.Where(d => !d.Value.IsNothing).OrderBy(d => d.Key))
            if (Bind(increase, key, delta).Execute() == 0)
                Bind(insert, key, delta).Execute();
        return Task.CompletedTask;
    }

    private void Add(in CaseTally tally, int sign)
    {
        if (!tally.Status.IsOpen()) return;
        var day = DateOnly.FromDateTime(tally.DueAt.UtcDateTime);
        Of(Grain.Month, day.AddDays(1 - day.Day), tally).Add(tally, sign);
        Of(Grain.Day, day, tally).Add(tally, sign);
    }

    private Delta Of(Grain grain, DateOnly from, in CaseTally tally)
    {
        var key = (grain, from, tally.RegionId, tally.TeamId);
        if (!_deltas.TryGetValue(key, out var delta)) _deltas[key] = delta = new Delta();
        return delta;
    }

    private static PreparedCommand Bind(PreparedCommand command, (Grain Grain, DateOnly FromDay, int RegionId, int TeamId) key, Delta delta) =>
        command.Set(key.Grain, key.FromDay, key.RegionId, key.TeamId, delta.New, delta.InProgress, delta.Waiting, delta.Critical);

    private sealed class Delta
    {
        public int New, InProgress, Waiting, Critical;

        public bool IsNothing => (New, InProgress, Waiting, Critical) == default;

        public void Add(in CaseTally tally, int sign)
        {
            switch (tally.Status)
            {
                case CaseStatus.New: New += sign; break;
                case CaseStatus.InProgress: InProgress += sign; break;
                case CaseStatus.Waiting: Waiting += sign; break;
                case CaseStatus.Resolved or CaseStatus.Closed: return;
            }
            if (tally.Severity == CaseSeverity.Critical) Critical += sign;
        }
    }
}
