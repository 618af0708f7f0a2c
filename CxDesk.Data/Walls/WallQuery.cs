using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;

namespace CxDesk.Data.Walls;

/// <summary>
/// Reads a wall, all pages of it, in one transaction: as it is now, or as it was. Its figures come from
/// <see cref="BoardSums"/>, which reads once what several tiles ask for.
/// </summary>
public sealed class WallQuery(Db db, Company company, ScorecardsOptions scorecards, RollupMemory? memory = null)
{
    /// <summary>The wall that there is from the start; its snapshot has the live board's day beside its pages.</summary>
    public const string Main = "main";

    private static readonly Statement Now = new($"""
        SELECT w.Code AS {nameof(WallVersionRow.Code)}, w.Name AS {nameof(WallVersionRow.Name)}, w.Version AS {nameof(WallVersionRow.Version)},
               w.Document AS {nameof(WallVersionRow.Document)}
        FROM Walls w WHERE w.Code = @code AND w.DeletedAt IS NULL
        """);

    // Deleted since or not: it was there.
    private static readonly Statement Then = new(d => $"""
        SELECT w.Code AS {nameof(WallVersionRow.Code)}, v.Name AS {nameof(WallVersionRow.Name)}, v.Version AS {nameof(WallVersionRow.Version)},
               v.Document AS {nameof(WallVersionRow.Document)}
        FROM Walls w JOIN WallVersions v ON v.WallId = w.Id
        WHERE w.Code = @code AND v.CreatedAt <= @at AND (w.DeletedAt IS NULL OR w.DeletedAt > @at) ORDER BY v.Version DESC {d.Limit("1")}
        """);

    private static readonly Statement Exists = new("SELECT COUNT(*) FROM Walls w WHERE w.Code = @code AND w.DeletedAt IS NULL");

    /// <summary>Whether there is such a wall.</summary>
    public Task<bool> Has(string code, CancellationToken cancel = default) =>
        db.Read(async s => await s.Single<int>(Exists, new { code }) > 0, cancel);

    /// <returns>The wall as it is now; one that <see cref="WallSnapshot.IsGone"/> where there is none of that code.</returns>
    public Task<WallSnapshot> Read(string code, Viewer viewer, CancellationToken cancel = default) => db.Read(async s =>
    {
        var version = await ChangeLogQuery.Version(s);
        if (await s.First<WallVersionRow>(Now, new { code }) is not { } wall) return WallSnapshot.Gone(code, version, s.Now);
        return await Read(s, version, wall, await UnitTree.Read(s), scores => new PresentSums(s, viewer) { Memory = memory, OnWall = true, ScoresAgents = scores, NamesAgents = scores });
    }, cancel);

    /// <summary>
    /// What a wall showed at an instant, worked out from what is stored (decision 12). Its version is 0: the numbers of
    /// changes are not kept for that long.
    /// </summary>
    /// <returns>One that <see cref="WallSnapshot.IsGone"/> where there was no such wall then.</returns>
    public Task<WallSnapshot> ReadAt(string code, DateTimeOffset at, Viewer viewer, CancellationToken cancel = default) => db.Read(async s =>
    {
        at = Time.Cut(at);
        if (await s.First<WallVersionRow>(Then, new { code, at }) is not { } wall) return WallSnapshot.Gone(code, 0, at);
        var units = await UnitHistory.Read(s, at);
        return await Read(s, 0, wall, units, scores => new PastSums(s, viewer, at, units) { Memory = memory, OnWall = true, ScoresAgents = scores, NamesAgents = scores });
    }, cancel);

    /// <returns>A wall as it would be, if it were saved like this.</returns>
    public Task<WallSnapshot> Preview(string code, string name, WallDocument document, Viewer viewer, CancellationToken cancel = default) => db.Read(async s =>
    {
        var version = await ChangeLogQuery.Version(s);
        var wall = new WallVersionRow { Code = code, Name = name, Version = 0, Document = document.ToJson() };
        return await Read(s, version, wall, await UnitTree.Read(s), scores => new PresentSums(s, viewer) { Memory = memory, OnWall = true, ScoresAgents = scores, NamesAgents = scores });
    }, cancel);

    private async Task<WallSnapshot> Read(Session s, long version, WallVersionRow wall, UnitTree units, Func<bool, BoardSums> open)
    {
        var document = wall.Document is { } json ? WallDocument.FromJson(json) : null;
        var sums = open(document?.ShowsAgents ?? true);
        document ??= WallLayout.Of(
            [.. units.Units.Where(u => u is { Kind: UnitKind.Region, IsActive: true }).OrderBy(u => u.Name, StringComparer.CurrentCultureIgnoreCase).Select(u => u.Code)],
            (await LiveMeasuresQuery.Read(sums, BoardSubject.Company, LivePeriod.Of(LiveWindow.Today, company, sums.At))).FirstOrDefault(m => m.N > 0)?.Key);
        var figures = new WallFigures(sums, units, await sums.Targets(units), company, scorecards.MinimumN);
        var pages = await figures.Pages(document);
        return new WallSnapshot
        {
            Version = version,
            AsOf = sums.At,
            Wall = wall.Code,
            WallVersion = wall.Version,
            Name = wall.Name,
            Place = units.Company.Name,
            Pages = pages,
            Document = document,
            IsNight = await WallNights.IsNight(s, company, units, document.Night, sums.At),
            NewestAt = (await sums.NewestAnswer())?.At,
            Today = wall.Code == Main ? await LiveQuery.Read(sums, version, LiveFilter.Default, units, company, scorecards.MinimumN) : null,
        };
    }

    private sealed record WallVersionRow
    {
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required int Version { get; init; }
        public required string? Document { get; init; }
    }
}
