using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Bunit;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Positions;
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

    // Every axis and indicator, places and what they are narrowed to, days, what they are held against, order.
    private static Gen<Wish> Wishes(IReadOnlyList<Indicator> indicators) =>
        from what in Gen.Elements(RollupBy.Region, RollupBy.Team, RollupBy.Agent, RollupBy.Product, RollupBy.Channel, RollupBy.Segment)
        from indicator in Gen.Elements(indicators.AsEnumerable())
        from other in Gen.Elements(indicators.AsEnumerable())
        from parent in Gen.Elements(new string?[] { null, null, "north", "north-a", "south" })
        from agent in Gen.Elements(new string?[] { null, null, null, "a103" })
        from product in Gen.Elements(new string?[] { null, null, "net" })
        from channel in Gen.Elements(new string?[] { null, null, "chat" })
        from segment in Gen.Elements(new string?[] { null, null, "home" })
        from last in Gen.Choose(0, 6)
        from days in Gen.Choose(1, 12)
        from gap in Gen.Choose(-1, 8)
        from before in Gen.Choose(1, 12)
        from sort in Gen.Elements(Enum.GetValues<ScorecardSort>())
        select new Wish(Against(new ScorecardFilter(what, indicator, Today.AddDays(1 - last - days), Today.AddDays(1 - last))
        {
            Parent = parent, Agent = agent, Product = product, Channel = channel, Segment = segment, Sort = sort,
        }, gap, before), other);

    // Of less than no gap it is the period before.
    private static ScorecardFilter Against(ScorecardFilter filter, int gap, int days) =>
        gap < 0 ? filter : filter with { BeforeFrom = filter.From.AddDays(-gap - days), BeforeTo = filter.From.AddDays(-gap) };

    [Fact]
    [Trait("Behaviour", "30")]
    public async Task Answers_table_chart_map_file_and_program_agree_under_any_filter()
    {
        var random = new Random(11);
        int[] teams = [Floor.NorthA, Floor.NorthB, Floor.NorthNone, Floor.SouthA];
        var floor = await Floor.Create(DatabaseProvider.Sqlite, Enumerable.Range(0, 400).Select(_ => new FloorAnswer(Today.AddDays(-random.Next(24)), teams[random.Next(4)],
            random.Next(4) == 0 ? null : random.Next(1, 6), random.Next(3) == 0 ? null : random.Next(11), random.Next(3) == 0 ? null : random.Next(1, 8),
            random.Next(4) == 0 ? null : 101 + random.Next(5), 1 + random.Next(3), 1 + random.Next(2), random.Next(3) is > 0 and var segment ? segment : null)));
        await using var database = floor.Database;
        await using var app = new InProcessApp(database, database.Time);
        using var client = await app.WithKey(ApiKeyScopes.Read);
        // Ratings and what was measured come as programs send them; nobody's, so each lies in its region's "no team".
        var rated = Enumerable.Range(0, 150).Select(_ => new Rated(
            new FloorAnswer(Today.AddDays(-1 - random.Next(23)), random.Next(2) == 0 ? Floor.NorthNone : Floor.SouthNone, Product: 1 + random.Next(3), Channel: 1 + random.Next(2)), random.Next(1, 6), random.Next(20, 400))).ToList();
        using (var ingest = await app.WithKey(ApiKeyScopes.Ingest, "intake"))
        {
            var sent = await ingest.PostAsJsonAsync("/api/v1/responses", rated.Select((r, i) => new
            {
                externalId = $"r{i}", source = "web", respondedAt = r.Answer.At, region = r.Answer.Region == Floor.North ? "north" : "south",
                product = ((string[])["phone", "net", "tv"])[r.Answer.Product - 1], channel = ((string[])["call", "chat"])[r.Answer.Channel - 1],
                ratings = new { courtesy = r.Courtesy }, operational = new { wait = r.Wait },
            }));
            Assert.Equal(rated.Count, (await sent.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accepted").GetInt32());
        }
        List<Counted> counted =
        [
            .. floor.Answers.SelectMany(a => a.Scores.Select(s => new Counted(a, RollupKind.Score, (int)s.Metric, ScoreSums.Of(s.Value)))),
            .. rated.SelectMany(r => new[] { new Counted(r.Answer, RollupKind.Rating, 0, ScoreSums.Of(r.Courtesy)), new Counted(r.Answer, RollupKind.Measure, 0, new(ScoreSums.Of(0), r.Wait, r.Wait * (double)r.Wait)) }),
        ];
        var book = await database.Db.Read(IndicatorQuery.Read);
        Indicator[] indicators = [Indicator.Csat, Indicator.CsatTopTwo, Indicator.Nps, Indicator.Ces, book.Find("attribute:courtesy")!, book.Find("measure:wait")!];
        var text = Services.GetRequiredService<IStringLocalizer<ScorecardsText>>();
        var positions = new PositionQuery(new ScorecardsOptions(), database.Company);

        foreach (var wish in Wishes(indicators).Sample(30))
        {
            var filter = wish.Filter;
            var card = (await database.Db.Read(s => Floor.Query.Read(s, Floor.Executive, filter)))!;

            // The answers, plainly added up.
            var matching = counted.Where(c => c.IsOf(filter.Indicator) && wish.Holds(c.Answer)).ToList();
            Figures Plain(IEnumerable<Counted> of) => Figures.Of(filter, [.. of]);
            Assert.Equal(Plain(matching), Figures.Of(card.Total));
            foreach (var row in card.Rows)
            {
                var own = matching.Where(c => wish.KeyOf(c.Answer) == row.KeyId).ToList();
                Assert.Equal(Plain(own), Figures.Of(row));
                // The line: each point its days, together the row.
                Assert.Equal(row.KeyId == 0 ? 0 : row.N, row.Trend.Sum(p => p.N));
                foreach (var point in row.Trend)
                    Assert.Equal(Figures.Of(filter with { From = point.Bucket.From, To = point.Bucket.To }, own) with { Change = null, Verdict = default }, new Figures(point.N, Figures.Round(point.Value), null, default));
            }
            if (filter.By != RollupBy.Agent) Assert.Equal(card.Total.N, card.Rows.Sum(r => r.N));
            if (card.Split is { Change: { } change } split) Assert.Equal(change, split.Parts.Sum(p => p.Sum), 9);
            Assert.Equal(card.Total.N, (await database.Db.Read(s => AnswersQuery.Read(s, Floor.Executive, card.Answers(database.Company), count: 1_000))).Count);

            // The files.
            var shown = card.Rows.Select(r => (r.Key, Figures.Of(r), Figures.Round(r.Low), Figures.Round(r.High))).ToList();
            Assert.Equal(shown, Cells(ScorecardExport.Text(card, text)).Select(c => (c[0], new Figures(long.Parse(c[2], CultureInfo.InvariantCulture), Number(c[3]), Number(c[8]), c[9]), Number(c[4]), Number(c[5]))));
            Assert.Equal(card.Rows.Prepend(card.Total).SelectMany(r => r.Trend).Select(p => (p.Bucket.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), p.N, Figures.Round(p.Value))),
                Cells(ScorecardExport.Lines(card, text)).Select(c => (c[2], long.Parse(c[4], CultureInfo.InvariantCulture), Number(c[5]))));

            // The program.
            var items = await client.GetFromJsonAsync<JsonElement>(wish.Address);
            Assert.Equal(shown, items.EnumerateArray().Select(i => (i.GetProperty("key").GetString()!,
                new Figures(i.GetProperty("n").GetInt64(), Number(i, "score"), Number(i, "change"), i.GetProperty("verdict").GetString()!), Number(i, "low"), Number(i, "high"))));

            // The table.
            var table = Render<ScorecardTable>(p => p.Add(t => t.Rows, card.Rows).Add(t => t.Indicator, filter.Indicator).Add(t => t.First, "").Add(t => t.Caption, ""));
            Assert.Equal(card.Rows.Select(r => (r.Key, ScoreWords.Count(r.N), r.Score is { } v ? IndicatorWords.Value(v, filter.Indicator) : "—", r.N == 0 ? null : ScorecardItem.Word(r.Verdict))),
                table.FindAll("tbody tr").Select(tr => (tr.GetAttribute("data-key")!, tr.QuerySelector("td.n")!.TextContent, tr.QuerySelector(".score .value")!.TextContent, tr.QuerySelector(".change")?.GetAttribute("data-verdict"))));

            // The map of positions.
            if (filter is not { Agent: null, Product: null, Channel: null, Segment: null } || filter.By is RollupBy.Agent or RollupBy.Channel) continue;
            var map = (await database.Db.Read(s => positions.Read(s, Floor.Executive, new PositionFilter(filter.By, filter.Indicator, wish.Other, filter.From, filter.To) { Parent = filter.Parent })))!;
            Assert.Equal((card.Total.N, Figures.Round(card.Total.Score)), (map.X.Score.N, Figures.Round(map.X.Score.Value)));
            Assert.Equal(card.Rows.Where(r => r.N > 0 && r.KeyId != 0).Select(r => (r.Key, r.N, Figures.Round(r.Score))).Order(),
                map.Rows.Where(r => r.X.Score.N > 0).Select(r => (r.Key, r.X.Score.N, Figures.Round(r.X.Score.Value))).Order());
        }

        // The live board's tiles of the same days.
        foreach (var (window, days) in ((string, int)[])[("today", 1), ("7d", 7), ("30d", 30)])
        {
            var board = await client.GetFromJsonAsync<JsonElement>($"/api/v1/live?window={window}&by=product");
            foreach (var indicator in (Indicator[])[Indicator.Csat, Indicator.Nps, Indicator.Ces])
            {
                var card = (await database.Db.Read(s => Floor.Query.Read(s, Floor.Executive, new ScorecardFilter(RollupBy.Product, indicator, Today.AddDays(1 - days), Today.AddDays(1)))))!;
                var tile = board.GetProperty("scores").GetProperty(indicator.Code);
                Assert.Equal((card.Total.N, Figures.Round(card.Total.Score)), (tile.GetProperty("n").GetInt64(), Number(tile, "score")));
            }
        }
    }

    private static IEnumerable<string[]> Cells(string file) => file.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','));

    private static double? Number(string cell) => cell.Length == 0 ? null : Figures.Round(double.Parse(cell, CultureInfo.InvariantCulture));
    private static double? Number(JsonElement item, string name) => item.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? Figures.Round(number.GetDouble()) : null;

    private sealed record Rated(FloorAnswer Answer, int Courtesy, int Wait);

    /// <summary>One answer's part of one indicator.</summary>
    private sealed record Counted(FloorAnswer Answer, RollupKind Kind, int MetricId, IndicatorSums Sums)
    {
        // There is one attribute and one measure.
        public bool IsOf(Indicator indicator) => Kind == indicator.Kind && (Kind != RollupKind.Score || MetricId == indicator.MetricId);
    }

    /// <summary>What every way of looking at a row has to say alike.</summary>
    private sealed record Figures(long N, double? Score, double? Change, string? Verdict)
    {
        public static Figures Of(ScorecardRow row) => new(row.N, Round(row.Score), Round(row.Change), ScorecardItem.Word(row.Verdict));

        /// <param name="counted">Of all days.</param>
        public static Figures Of(ScorecardFilter filter, IReadOnlyList<Counted> counted)
        {
            IndicatorSums Sum(DateOnly from, DateOnly to) => counted.Where(c => c.Answer.Day >= from && c.Answer.Day < to).Aggregate(default(IndicatorSums), (sum, c) => sum + c.Sums);
            var now = Sum(filter.From, filter.To);
            var change = IndicatorStatistics.Compare(filter.Indicator, now, Sum(filter.BeforeFrom, filter.BeforeTo));
            return new(now.N, Round(IndicatorStatistics.Of(filter.Indicator, now).Value), Round(change.Difference), ScorecardItem.Word(change.Verdict));
        }

        public static double? Round(double? value) => value is { } v ? Math.Round(v, 9) + 0.0 : null;
    }

    private sealed record Wish(ScorecardFilter Filter, Indicator Other)
    {
        public bool Holds(FloorAnswer a) => (Filter.Parent switch { "north" => a.Region == Floor.North, "south" => a.Region == Floor.South, "north-a" => a.Team == Floor.NorthA, _ => true })
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
            $"/api/v1/scorecards?by={Filter.By}&metric={Filter.Indicator.Code}&parent={Filter.Parent}&agent={Filter.Agent}&product={Filter.Product}&channel={Filter.Channel}&segment={Filter.Segment}&from={Filter.From:yyyy-MM-dd}&to={Filter.To:yyyy-MM-dd}&against={ScorecardBefore.Code(Filter.BeforeFrom, Filter.BeforeTo)}&sort={Filter.Sort}").ToLowerInvariant();
    }
}
