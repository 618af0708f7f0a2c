using CxDesk.Data.Calendars;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Targets;

namespace CxDesk.Data.Live;

/// <summary>What is stored now: rollups for days, the tables for what rollups do not know.</summary>
public sealed class PresentSums(Session session, Viewer viewer) : BoardSums(session, viewer, session.Now)
{
    private static readonly Statement LastAnswer = new(d => $"""
        SELECT a.RespondedAt AS {nameof(LiveNewestAnswer.At)}, s.ExpectedSilenceMinutes
        FROM Answers a JOIN Sources s ON s.Id = a.SourceId ORDER BY a.RespondedAt DESC {d.Limit("1")}
        """);

    private static readonly StatementFamily<Reach> ResolvedSince = new(RowPolicy.Reaches, (_, reach) => $"""
        SELECT COUNT(*) FROM Cases c
        WHERE c.ResolvedAt >= @since AND (@RegionId IS NULL OR c.RegionId = @RegionId) AND (@TeamId IS NULL OR c.TeamId = @TeamId)
          AND (@ProductId IS NULL OR c.ProductId = @ProductId) AND {RowPolicy.Cases(reach, "c")}
        """);

    protected override Task<IReadOnlyList<RollupRow>> ReadByDay(RollupFilter filter, Viewer eyes) =>
        Memory is null ? RollupQuery.ByDay(Session, eyes, filter) : Memory.ByDay(Session, eyes, filter);

    protected override Task<IReadOnlyList<LiveHourRow>> ReadScoresSince(RollupBy by, BoardSubject of, DateTimeOffset since, Viewer eyes) =>
        LiveHourQuery.ReadScores(Session, eyes, by, of, since);

    protected override Task<IReadOnlyList<LiveHourMeasure>> ReadMeasuresSince(IReadOnlyList<int> measures, BoardSubject of, DateTimeOffset since) =>
        LiveHourQuery.ReadMeasures(Session, Viewer, measures, of, since);

    protected override Task<LiveNewestAnswer?> ReadNewestAnswer() => Session.First<LiveNewestAnswer>(LastAnswer);

    protected override Task<IReadOnlyList<LiveLowAnswer>> ReadNewest(LiveNewestFilter filter) =>
        LiveNewestQuery.Read(Session, Eyes, filter, IsDisplay);

    protected override Task<LiveCases> ReadCases(BoardSubject of, BusinessCalendar calendar) => LiveCasesQuery.Read(Session, Eyes, of, calendar);

    protected override Task<long> ReadResolved(BoardSubject of, DateTimeOffset since) =>
        Session.Single<long>(ResolvedSince[Eyes.Reach], RowPolicy.Parameters(Eyes, new { since, of.RegionId, of.TeamId, of.ProductId }));

    protected override Task<TargetResolver> ReadTargets(UnitTree units) => TargetQuery.Resolver(Session, units);
}
