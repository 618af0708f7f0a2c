using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Jobs;

/// <summary>How the jobs went. For administrators; to everybody else there is nothing to see.</summary>
public sealed class JobsQuery(Db db)
{
    private static readonly Statement Latest = new($"""
        SELECT r.Job AS {nameof(JobRunRow.Job)}, r.StartedAt AS {nameof(JobRunRow.StartedAt)}, r.DurationMs AS {nameof(JobRunRow.DurationMs)},
               r.Outcome AS {nameof(JobRunRow.Outcome)}, r.Detail AS {nameof(JobRunRow.Detail)},
               (SELECT COUNT(*) FROM JobRuns f WHERE f.Job = r.Job AND f.Outcome = 2) AS {nameof(JobRunRow.Failures)}
        FROM JobRuns r JOIN (SELECT MAX(Id) AS Id FROM JobRuns GROUP BY Job) l ON l.Id = r.Id
        """);

    /// <summary>The last run of each job that ever ran.</summary>
    public async Task<IReadOnlyList<JobRunRow>> Read(Viewer viewer, CancellationToken cancel = default) =>
        viewer.Role == Role.Admin ? await db.Read(s => s.Query<JobRunRow>(Latest), cancel) : [];
}

public sealed record JobRunRow
{
    public required string Job { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required long DurationMs { get; init; }
    public required JobOutcome Outcome { get; init; }
    public required string? Detail { get; init; }

    /// <summary>Failed runs among those that are kept.</summary>
    public required int Failures { get; init; }
}
