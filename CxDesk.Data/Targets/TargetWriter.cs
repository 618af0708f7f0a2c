using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Targets;

/// <summary>
/// Sets targets. One that was set is never changed or taken away: a later one follows it. It may begin in the past only
/// where nothing was in force yet, so no day's gap is ever held against another target than the one people knew.
/// </summary>
public sealed class TargetWriter(Db db, Company company)
{
    /// <summary>The own baseline is the score of so many days, beginning on the same day last year.</summary>
    public const int BaselineDays = 90;

    private static readonly DateOnly Earliest = new(2000, 1, 1);

    private static readonly Statement Insert = new(d => $"""
        INSERT INTO Targets (UnitId, ProductId, ChannelId, Kind, MetricId, FromDay, Target, Source, Note, CreatedAt, CreatedBy) {d.Output("Id")}
        VALUES (@UnitId, @ProductId, @ChannelId, {(int)RollupKind.Score}, @metric, @fromDay, @target, @source, @note, @at, @by) {d.Returning("Id")}
        """);

    private static readonly Statement Subjects = new("""
        SELECT (SELECT COUNT(*) FROM Units WHERE Id = @UnitId) + (SELECT COUNT(*) FROM Products WHERE Id = @ProductId)
             + (SELECT COUNT(*) FROM Channels WHERE Id = @ChannelId)
        """);

    /// <summary>Managers set targets in their own regions, executives and admins everywhere.</summary>
    public static bool MaySet(Viewer viewer, TargetSubject subject, UnitTree units) => viewer switch
    {
        { PersonId: null } when viewer != Viewer.System => false,
        { Role: Role.Executive or Role.Admin } => true,
        { Role: Role.Manager, Reach: Reach.All } => true,
        { Role: Role.Manager } => subject.Axis is null && units.PathUp(subject.Id).Any(u => viewer.RegionIds.Contains(u.Id)),
        _ => false,
    };

    /// <returns>The target's id.</returns>
    /// <exception cref="InvalidField">of, target, from or note cannot be taken, and why.</exception>
    public Task<int> Set(Viewer viewer, SetTarget command, CancellationToken cancel = default) => db.Write(async s =>
    {
        var units = await UnitTree.Read(s);
        await Check(s, viewer, command, units);
        var target = command.Source == TargetSource.OwnBaseline ? await Baseline(s, command) : command.Target;
        var (lowest, highest) = command.Metric.Bounds();
        if (target is not { } aim || !(aim >= lowest && aim <= highest))
            throw new InvalidField("target", "Range", FormattableString.Invariant($"target: a number from {lowest} to {highest}."));
        var subject = Columns(command.Subject);
        var id = await s.Single<int>(Insert, new
        {
            subject.UnitId, subject.ProductId, subject.ChannelId, metric = (int)command.Metric, fromDay = command.FromDay, target = aim,
            source = (int)command.Source, note = command.Note, at = s.Now, by = viewer.Name,
        });
        await Audit.Write(s, viewer, "targetSet", "target", id, new { subject, metric = command.Metric.ToString(), command.FromDay, target = aim, source = command.Source.ToString() });
        s.Changed(ChangeTopic.Targets);
        return id;
    }, cancel);

    private async Task Check(Session s, Viewer viewer, SetTarget command, UnitTree units)
    {
        if (!MaySet(viewer, command.Subject, units)) throw new InvalidField("of", "NotYours", "of: you set no targets there.");
        var subject = Columns(command.Subject);
        if (await s.Single<int>(Subjects, subject) != 1) throw new InvalidField("of", "Unknown", "of: there is no such unit, product or channel.");
        if (command.Note?.Length > 1000) throw new InvalidField("note", "TooLong", "note: at most 1,000 characters.");
        var today = company.DayOf(s.Now);
        if (command.FromDay < Earliest || command.FromDay > today.AddYears(5)) throw new InvalidField("from", "Range", "from: a day from 2000 to five years ahead.");
        if (command.FromDay >= today) return;
        var resolver = await TargetQuery.Resolver(s, units);
        for (var day = command.FromDay; day < today; day = day.AddDays(1))
            if (resolver.On(command.Subject, command.Metric, day) is not null)
                throw new InvalidField("from", "Past", "from: another target was in force by then, and the past is not held against a new one. Choose today or later.");
    }

    private static async Task<double?> Baseline(Session s, SetTarget command)
    {
        var from = command.FromDay.AddYears(-1);
        var by = command.Subject.Axis is not { } axis ? RollupBy.Team : axis switch
        {
            RollupAxis.Product => RollupBy.Product,
            RollupAxis.Channel => RollupBy.Channel,
            RollupAxis.Team or RollupAxis.Agent or RollupAxis.Segment => throw new InvalidField("of", "Unknown", "of: a unit, product or channel."),
        };
        var units = await UnitTree.Read(s);
        var rows = await RollupQuery.Totals(s, Viewer.System, new RollupFilter(by, command.Metric, from, from.AddDays(BaselineDays)));
        var sums = rows
            .Where(r => command.Subject.Axis is null ? units.PathUp(r.KeyId).Any(u => u.Id == command.Subject.Id) : r.KeyId == command.Subject.Id)
            .Aggregate(new ScoreSums(), (sum, r) => sum + r.Scores);
        return sums.N >= ScoreStatistics.MinimumN
            ? ScoreStatistics.Of(command.Metric, sums).Value
            : throw new InvalidField("target", "NoBaseline", FormattableString.Invariant($"target: only {sums.N} answers from {from:yyyy-MM-dd} on, last year, which is no baseline."));
    }

    private static SubjectColumns Columns(TargetSubject subject) => new(
        subject.Axis is null ? subject.Id : null,
        subject.Axis == RollupAxis.Product ? subject.Id : null,
        subject.Axis == RollupAxis.Channel ? subject.Id : null);

    private sealed record SubjectColumns(int? UnitId, int? ProductId, int? ChannelId);
}

/// <summary>From a day on, a unit, product or channel is to reach this.</summary>
public sealed record SetTarget
{
    public required TargetSubject Subject { get; init; }
    public required Metric Metric { get; init; }
    public required DateOnly FromDay { get; init; }

    /// <summary>In the metric's own unit; not asked for with an own baseline, which is worked out.</summary>
    public double? Target { get; init; }
    public required TargetSource Source { get; init; }
    public string? Note { get; init; }
}
