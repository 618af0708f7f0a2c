using System.Text.Json;
using CxDesk.Data.Database;

namespace CxDesk.Data.Jobs;

public enum JobOutcome { Done = 1, Failed = 2 }

/// <summary>
/// What a run did or found, in a form that any language can say: the name of a sentence and its figures.
/// </summary>
/// <param name="Sentence">A key of JobsText below "Found.".</param>
public sealed record JobFinding(string Sentence, params long[] Figures)
{
    public static readonly JobFinding Nothing = new("Nothing");

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <summary>Null where the text is something else, such as the message of a failure.</summary>
    public static JobFinding? FromJson(string? detail)
    {
        if (detail is not ['{', ..]) return null;
        try
        {
            return JsonSerializer.Deserialize<JobFinding>(detail, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Keeps the newest runs of each job.</summary>
public sealed class JobRunWriter(Db db)
{
    /// <summary>Runs kept of a job: half an hour of the busiest, half a year of a nightly one.</summary>
    public const int Kept = 200;

    private static readonly Statement Add = new("""
        INSERT INTO JobRuns (Job, StartedAt, DurationMs, Outcome, Detail) VALUES (@job, @startedAt, @durationMs, @outcome, @detail)
        """);

    private static readonly Statement Forget = new(d => $"""
        DELETE FROM JobRuns
        WHERE Job = @job AND Id < (SELECT MIN(k.Id) FROM (SELECT Id FROM JobRuns WHERE Job = @job ORDER BY Id DESC {d.Limit("@kept")}) k)
        """);

    /// <param name="detail">A <see cref="JobFinding"/> as JSON, or what went wrong.</param>
    public Task Record(string job, DateTimeOffset startedAt, TimeSpan duration, JobOutcome outcome, string? detail, CancellationToken cancel = default) =>
        db.Write(async s =>
        {
            await s.Execute(Add, new { job, startedAt, durationMs = (long)duration.TotalMilliseconds, outcome = (int)outcome, detail });
            await s.Execute(Forget, new { job, kept = Kept });
        }, cancel);
}
