using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Bunit;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Tests.Shell;
using CxDesk.Web.Scorecards;
using CxDesk.Web.Shell;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace CxDesk.Tests.Scorecards;

public sealed class ScorecardAgreementTests : ShellContext
{
    private static readonly DateOnly Today = new(2026, 9, 14);

    private static readonly Gen<Wish> Wishes =
        from what in Gen.Elements(RollupBy.Region, RollupBy.Team, RollupBy.Agent, RollupBy.Product, RollupBy.Channel, RollupBy.Segment)
        from indicator in Gen.Elements(Indicator.Csat, Indicator.CsatTopTwo, Indicator.Nps, Indicator.Ces)
        from parent in Gen.Elements(new string?[] { null, null, "north", "north-a", "south" })
        from agent in Gen.Elements(new string?[] { null, null, null, "a103" })
        from product in Gen.Elements(new string?[] { null, null, "net" })
        from channel in Gen.Elements(new string?[] { null, null, "chat" })
        from segment in Gen.Elements(new string?[] { null, null, "home" })
        from last in Gen.Choose(0, 6)
        from days in Gen.Choose(1, 12)
        from sort in Gen.Elements(Enum.GetValues<ScorecardSort>())
        select new Wish(new ScorecardFilter(what, indicator, Today.AddDays(1 - last - days), Today.AddDays(1 - last))
        {
            Parent = parent, Agent = agent, Product = product, Channel = channel, Segment = segment, Sort = sort,
        });

    [Fact]
    [Trait("Behaviour", "30")]
    public async Task Answers_table_file_and_program_agree_under_any_filter()
    {
        var random = new Random(11);
        int[] teams = [Floor.NorthA, Floor.NorthB, Floor.NorthNone, Floor.SouthA];
        var floor = await Floor.Create(DatabaseProvider.Sqlite, Enumerable.Range(0, 250).Select(_ => new FloorAnswer(Today.AddDays(-random.Next(14)), teams[random.Next(4)],
            random.Next(4) == 0 ? null : random.Next(1, 6), random.Next(3) == 0 ? null : random.Next(11), random.Next(3) == 0 ? null : random.Next(1, 8),
            random.Next(4) == 0 ? null : 101 + random.Next(5), 1 + random.Next(3), 1 + random.Next(2), random.Next(3) is > 0 and var segment ? segment : null)));
        await using var database = floor.Database;
        await using var app = new InProcessApp(database, database.Time);
        using var client = await app.WithKey(ApiKeyScopes.Read);
        var text = Services.GetRequiredService<IStringLocalizer<ScorecardsText>>();

        foreach (var wish in Wishes.Sample(20))
        {
            var filter = wish.Filter;
            var card = (await database.Db.Read(s => Floor.Query.Read(s, Floor.Executive, filter)))!;
            var shown = card.Rows.Select(r => (r.Key, r.N, Figure(r.Score))).ToList();

            var matching = floor.Answers.Where(wish.Holds).ToList();
            Assert.Equal(Sum(matching, filter.Indicator), (card.Total.N, Figure(card.Total.Score)));
            foreach (var row in card.Rows)
                Assert.Equal(Sum(matching.Where(a => wish.KeyOf(a) == row.KeyId), filter.Indicator), (row.N, Figure(row.Score)));
            if (filter.By != RollupBy.Agent) Assert.Equal(card.Total.N, card.Rows.Sum(r => r.N));

            var lines = ScorecardExport.Text(card, text).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','));
            Assert.Equal(shown, lines.Select(cells => (cells[0], long.Parse(cells[2], CultureInfo.InvariantCulture), Figure(cells[3].Length == 0 ? null : double.Parse(cells[3], CultureInfo.InvariantCulture)))));

            var items = await client.GetFromJsonAsync<JsonElement>(wish.Address);
            Assert.Equal(shown, items.EnumerateArray().Select(i => (i.GetProperty("key").GetString()!, i.GetProperty("n").GetInt64(),
                Figure(i.GetProperty("score") is { ValueKind: JsonValueKind.Number } score ? score.GetDouble() : null))));

            var table = Render<ScorecardTable>(p => p.Add(t => t.Rows, card.Rows).Add(t => t.Indicator, filter.Indicator).Add(t => t.First, "").Add(t => t.Caption, ""));
            Assert.Equal(card.Rows.Select(r => (r.Key, ScoreWords.Count(r.N), r.Score is { } v ? IndicatorWords.Value(v, filter.Indicator) : "—")),
                table.FindAll("tbody tr").Select(tr => (tr.GetAttribute("data-key")!, tr.QuerySelector("td.n")!.TextContent, tr.QuerySelector(".score .value")!.TextContent)));
        }

        // The live board's tiles of the same days.
        foreach (var (window, days) in ((string, int)[])[("today", 1), ("7d", 7), ("30d", 30)])
        {
            var board = await client.GetFromJsonAsync<JsonElement>($"/api/v1/live?window={window}&by=product");
            foreach (var indicator in (Indicator[])[Indicator.Csat, Indicator.Nps, Indicator.Ces])
            {
                var card = (await database.Db.Read(s => Floor.Query.Read(s, Floor.Executive, new ScorecardFilter(RollupBy.Product, indicator, Today.AddDays(1 - days), Today.AddDays(1)))))!;
                var tile = board.GetProperty("scores").GetProperty(indicator.Code);
                Assert.Equal((card.Total.N, Figure(card.Total.Score)), (tile.GetProperty("n").GetInt64(), Figure(tile.GetProperty("score") is { ValueKind: JsonValueKind.Number } s ? s.GetDouble() : null)));
            }
        }
    }

    private static (long, double?) Sum(IEnumerable<FloorAnswer> answers, Indicator indicator)
    {
        var sums = answers.SelectMany(a => a.Scores).Where(s => s.Metric == indicator.Scored).Aggregate(new ScoreSums(), (sum, s) => sum + ScoreSums.Of(s.Value));
        return (sums.N, Figure(IndicatorStatistics.Of(indicator, sums).Value));
    }

    private static double? Figure(double? value) => value is { } v ? Math.Round(v, 9) : null;

    private sealed record Wish(ScorecardFilter Filter)
    {
        public bool Holds(FloorAnswer a) => a.Day >= Filter.From && a.Day < Filter.To
            && (Filter.Parent switch { "north" => a.Region == Floor.North, "south" => a.Region == Floor.South, "north-a" => a.Team == Floor.NorthA, _ => true })
            && (Filter.Agent is null || a.Agent == 103) && (Filter.Product is null || a.Product == 2) && (Filter.Channel is null || a.Channel == 2) && (Filter.Segment is null || a.Segment == 1);

        public int KeyOf(FloorAnswer a) => Filter.By switch
        {
            RollupBy.Region => a.Region,
            RollupBy.Team => a.Team,
            RollupBy.Agent => a.Agent ?? -1,
            RollupBy.Product => a.Product,
            RollupBy.Channel => a.Channel,
            RollupBy.Segment => a.Segment ?? 0,
            RollupBy.Company => 1,
        };

        public string Address => FormattableString.Invariant(
            $"/api/v1/scorecards?by={Filter.By}&metric={Filter.Indicator.Code}&parent={Filter.Parent}&agent={Filter.Agent}&product={Filter.Product}&channel={Filter.Channel}&segment={Filter.Segment}&from={Filter.From:yyyy-MM-dd}&to={Filter.To:yyyy-MM-dd}&sort={Filter.Sort}").ToLowerInvariant();
    }
}
