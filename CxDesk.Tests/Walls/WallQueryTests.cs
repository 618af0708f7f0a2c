using System.Text.Json;
using CxDesk.Data.Database;
using CxDesk.Data.Ingest;
using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Data.Walls;
using CxDesk.Tests.Database;
using CxDesk.Tests.Live;
using CxDesk.Web.Live;

namespace CxDesk.Tests.Walls;

public sealed class WallQueryTests
{
    // Thursday 17 September 2026, 14:00 in Shanghai.
    private static readonly DateTimeOffset Noon = new(2026, 9, 17, 6, 0, 0, TimeSpan.Zero);

    private static readonly WallTileSpec Score = new() { Kind = WallTileKind.Score };

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "30")]
    public async Task A_score_tile_says_what_the_scorecard_of_the_same_days_says(DatabaseProvider engine)
    {
        await using var floor = await Filled(engine);
        (WallTileSpec Tile, RollupBy By, string? Parent, string Key)[] tiles =
        [
            (Score, RollupBy.Company, null, "company"), (Score with { Unit = "north" }, RollupBy.Region, null, "north"),
            (Score with { Unit = "north/no-team" }, RollupBy.Team, "north", "north/no-team"), (Score with { Product = "tv" }, RollupBy.Product, null, "tv"),
            (Score with { Metric = Metric.Nps, Unit = "south" }, RollupBy.Region, null, "south"),
        ];
        foreach (var window in (LiveWindow[])[LiveWindow.Today, LiveWindow.Week, LiveWindow.Month])
        {
            var wall = await Read(floor, [.. tiles.Select(t => t.Tile with { Window = window })]);
            for (var i = 0; i < tiles.Length; i++)
            {
                var (tile, by, parent, key) = tiles[i];
                var to = floor.Company.DayOf(floor.Now).AddDays(1);
                var card = (await floor.Database.Db.Read(s => new ScorecardQuery(new ScorecardsOptions(), floor.Company).Read(s, LiveFloor.Display,
                    new ScorecardFilter(by, tile.Metric, to.AddDays(-window.Days()), to) { Parent = parent })))!.Rows.Single(r => r.Key == key);
                var score = Assert.IsType<ScoreFigure>(wall.Pages[0].Tiles[i]).Score;
                Assert.Equal((card.N, card.Score, card.Low, card.High, card.Withheld), (score.N, score.Score, score.Low, score.High, score.Withheld));
            }
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "28")]
    [Trait("Behaviour", "41")]
    public async Task A_tile_of_one_region_withholds_what_the_table_of_all_withholds(DatabaseProvider engine)
    {
        await using var floor = await Filled(engine);
        await floor.Answer([.. Enumerable.Range(0, 3).Select(i => floor.Of(Noon.AddMinutes(-i), "west", 1))]);
        var tiles = (await Read(floor, Score with { Unit = "north" }, Score with { Unit = "west" }, Score with { Unit = "south" },
            new() { Kind = WallTileKind.Number, Number = WallNumber.LowAnswers, Unit = "west" }, new() { Kind = WallTileKind.Number, Number = WallNumber.Answers, Unit = "west" })).Pages[0].Tiles;
        // West has too few; south would give it away.
        Assert.Equal([false, true, true], tiles.OfType<ScoreFigure>().Select(f => f.Score.Withheld));
        Assert.Equal([3L, 3L], [((ScoreFigure)tiles[1]).Score.N, ((NumberFigure)tiles[4]).Value]);
        Assert.All(tiles.OfType<ScoreFigure>().Skip(1), f => Assert.Equal((null, null, FigureReason.TooFew, Standing.Unknown), (f.Score.Score, f.Score.Low, f.Reason, f.Standing)));
        Assert.Null(((NumberFigure)tiles[3]).Value);
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "41")]
    public async Task Comments_are_masked_low_or_not_and_agents_are_named_only_where_the_wall_names_them(DatabaseProvider engine)
    {
        await using var floor = await Filled(engine);
        await floor.Answer(
            floor.Of(Noon.AddMinutes(-2), csat: 5, comment: "Anna here, call 13800138000", customer: new IncomingCustomer { Id = "K1", Name = "Anna Schmidt" }),
            floor.Of(Noon.AddMinutes(-1), "south", csat: 1, comment: "Thanks to nobody, ann least of all"));
        WallTileSpec[] tiles = [new() { Kind = WallTileKind.Comments }, new() { Kind = WallTileKind.Comments, Unit = "north" }, Score with { Agent = "ann" },
            new() { Kind = WallTileKind.Leaders, By = RollupBy.Agent }, new() { Kind = WallTileKind.Cases }];
        var named = await Read(floor, tiles);
        Assert.Equal(["Thanks to nobody, ann least of all", "••• here, call •••"], ((CommentsFigure)named.Pages[0].Tiles[0]).Comments.Select(c => c.Comment));
        Assert.Equal("••• here, call •••", Assert.Single(((CommentsFigure)named.Pages[0].Tiles[1]).Comments).Comment);
        Assert.Equal("ann", named.Pages[0].Tiles[2].Subject);
        Assert.Equal("ann", Assert.Single(((LeadersFigure)named.Pages[0].Tiles[3]).Rows).Key);

        var query = new WallQuery(floor.Database.Db, floor.Company, new ScorecardsOptions());
        var silent = await query.Preview("w", "W", new WallDocument { ShowsAgents = false, Pages = [new WallPage { Tiles = tiles }] }, LiveFloor.Display);
        Assert.Equal((0, FigureReason.NoAnswers), (((ScoreFigure)silent.Pages[0].Tiles[2]).Score.N, silent.Pages[0].Tiles[2].Reason));
        Assert.Empty(((LeadersFigure)silent.Pages[0].Tiles[3]).Rows);
        var shown = string.Concat(silent.Pages[0].Tiles.Select(t => JsonSerializer.Serialize<WallFigure>(t with { Spec = Score, Key = "" }, LiveJson.Options)));
        Assert.DoesNotContain("ann", shown.Replace("channel", ""), StringComparison.OrdinalIgnoreCase);
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "36")]
    public async Task What_there_is_not_is_nothing_and_not_everything(DatabaseProvider engine)
    {
        await using var floor = await Filled(engine);
        var tiles = (await Read(floor, Score with { Unit = "atlantis" }, Score with { Product = "gone" }, new() { Kind = WallTileKind.Cases, Unit = "atlantis" },
            new() { Kind = WallTileKind.Comments, Product = "gone" }, new() { Kind = WallTileKind.Measure, Measure = "none" }, new() { Kind = WallTileKind.Trend, Unit = "atlantis" })).Pages[0].Tiles;
        Assert.Equal([FigureReason.NoAnswers, FigureReason.NoAnswers, FigureReason.NoCases, FigureReason.NoAnswers, FigureReason.NoAnswers, FigureReason.NoAnswers], tiles.Select(t => t.Reason));
        Assert.Null(((MeasureFigure)tiles[4]).Measure.Value);
        Assert.Equal(0, ((CasesFigure)tiles[2]).Cases.Open);
    }

    [Fact]
    public async Task The_first_wall_carries_the_live_board_of_today_and_others_do_not()
    {
        await using var floor = await Filled(DatabaseProvider.Sqlite);
        var query = new WallQuery(floor.Database.Db, floor.Company, new ScorecardsOptions());
        var main = JsonSerializer.SerializeToElement(await query.Read(WallQuery.Main, LiveFloor.Display), LiveJson.Options);
        var live = JsonSerializer.SerializeToElement(await floor.Read(viewer: LiveFloor.Display), LiveJson.Options);
        foreach (var field in live.EnumerateObject())
            Assert.Equal(field.Value.GetRawText(), main.GetProperty(field.Name).GetRawText());
        Assert.Equal(("main", 2), (main.GetProperty("wall").GetString(), main.GetProperty("pages").GetArrayLength() + 1));
        Assert.Equal("score", main.GetProperty("pages")[0].GetProperty("tiles")[0].GetProperty("kind").GetString());
        Assert.False(JsonSerializer.SerializeToElement(await Read(floor, Score), LiveJson.Options).TryGetProperty("scores", out _));
        Assert.True((await query.Read("lobby", LiveFloor.Display)).IsGone);
        Assert.False(await query.Has("lobby"));
    }

    [Fact]
    public void Days_that_lie_in_what_was_read_are_not_read_again()
    {
        var month = new RollupFilter(RollupBy.Region, RollupKind.Score, [1, 2], new DateOnly(2026, 9, 1), new DateOnly(2026, 10, 1));
        var day = month with { MetricIds = [2], From = new DateOnly(2026, 9, 30) };
        Assert.True(month.Covers(day));
        Assert.False(day.Covers(month));
        Assert.False(month.Covers(day with { ProductId = 1 }));
        Assert.False(month.Covers(day with { By = RollupBy.Team }));
        Assert.False(month.Covers(day with { To = new DateOnly(2026, 10, 2) }));
    }

    private static async Task<WallSnapshot> Read(LiveFloor floor, params WallTileSpec[] tiles) =>
        await new WallQuery(floor.Database.Db, floor.Company, new ScorecardsOptions())
            .Preview("w", "W", new WallDocument { Pages = [new WallPage { Tiles = tiles }] }, LiveFloor.Display);

    private static Task<LiveFloor> Filled(DatabaseProvider engine) => LiveFloor.Create(engine).Then(async floor =>
    {
        floor.Now = Noon;
        await floor.Answer([.. Enumerable.Range(0, 40).Select(i => floor.Of(Noon.AddHours(-9 * i), i % 3 == 0 ? "south" : "north", 1 + i % 5, i % 11, i % 2 == 0 ? "net" : "tv")),
            .. Enumerable.Range(0, 9).Select(i => floor.Of(Noon.AddMinutes(-10 * i), i < 3 ? "south" : "north", 2 + i % 4, 10 - i))]);
    });
}
