using System.Globalization;
using CxDesk.Data.Database;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Tests.Shell;
using CxDesk.Web.Scorecards;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace CxDesk.Tests.Scorecards;

public sealed class ScorecardExportTests : ShellContext
{
    private static readonly DateOnly Monday = new(2026, 9, 14);

    [Fact]
    [Trait("Behaviour", "30")]
    public async Task The_file_holds_the_figures_of_the_page()
    {
        var floor = await Floor.Create(DatabaseProvider.Sqlite, Enumerable.Range(0, 31).Select(i => new FloorAnswer(Monday, i % 3 == 0 ? Floor.NorthB : Floor.SouthA, Csat: 1 + i % 5)));
        await using var database = floor.Database;
        var card = (await database.Db.Read(s => Floor.Query.Read(s, Floor.Executive, new ScorecardFilter(RollupBy.Region, Metric.Csat, Monday, Monday.AddDays(1)))))!;
        Assert.Equal(Lines(card).Skip(1), card.Rows.Select(r => string.Create(CultureInfo.InvariantCulture,
            $"{r.Key},{r.Key},{r.N},{r.Score},{r.Low},{r.High},,,,tooFew,false,0,0,0,")));
    }

    [Fact]
    [Trait("Behaviour", "42")]
    public async Task A_name_that_would_run_as_a_formula_is_escaped()
    {
        var floor = await Floor.Create(DatabaseProvider.Sqlite, new FloorAnswer(Monday, Floor.NorthA, Csat: 4));
        await using var database = floor.Database;
        var card = (await database.Db.Read(s => Floor.Query.Read(s, Floor.Executive, new ScorecardFilter(RollupBy.Region, Metric.Csat, Monday, Monday.AddDays(1)))))!;
        card = card with { Rows = [card.Rows[0] with { Name = "=cmd|' /C calc'!A0" }] };
        Assert.Contains(",'=cmd|", Lines(card)[1]);
    }

    [Fact]
    [Trait("Behaviour", "30")]
    [Trait("Behaviour", "42")]
    public async Task The_numbers_of_the_lines_and_the_parts_of_a_change_add_up_to_the_rows_and_are_escaped()
    {
        var floor = await Floor.Create(DatabaseProvider.Sqlite, Enumerable.Range(0, 200).Select(i => new FloorAnswer(Monday.AddDays(i % 4 - 2), i % 3 == 0 ? Floor.NorthB : Floor.SouthA, Csat: 1 + i % 5)));
        await using var database = floor.Database;
        var card = (await database.Db.Read(s => Floor.Query.Read(s, Floor.Executive, new ScorecardFilter(RollupBy.Region, Metric.Csat, Monday, Monday.AddDays(2)))))!;
        card = card with { Rows = [.. card.Rows.Select(r => r.Key == "north" ? r with { Name = "@north" } : r)] };
        var text = Services.GetRequiredService<IStringLocalizer<ScorecardsText>>();
        string[][] Cells(string file) => [.. file.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split(','))];

        var lines = Cells(ScorecardExport.Lines(card, text));
        Assert.Contains(lines, l => l[1] == "'@north");
        foreach (var row in card.Rows) Assert.Equal(row.N, lines.Where(l => l[0] == row.Key).Sum(l => long.Parse(l[4], CultureInfo.InvariantCulture)));
        Assert.Equal(card.Total.N, lines.Where(l => l[0] == "").Sum(l => long.Parse(l[4], CultureInfo.InvariantCulture)));

        var parts = Cells(ScorecardExport.Why(card, text));
        Assert.Contains(parts, l => l[1] == "'@north");
        Assert.Equal(card.Split!.Change!.Value, parts.Sum(l => double.Parse(l[5], CultureInfo.InvariantCulture)), 1e-9);
    }

    [Fact]
    [Trait("Behaviour", "42")]
    public void Answers_are_written_newest_first_without_formulas_and_say_where_they_are_cut()
    {
        var row = new AnswerRow
        {
            Id = 1, RespondedAt = new(2026, 9, 14, 8, 0, 0, TimeSpan.Zero), Value = 2, Comment = "=2+2", Team = "north/no-team", IsNoTeam = true, Agent = null, Product = "Net", Channel = "Call", Customer = "Mia, Ltd", CaseId = 1001,
        };
        var text = Services.GetRequiredService<IStringLocalizer<ScorecardsText>>();
        string[] Cells(IReadOnlyList<AnswerRow> rows) => ScorecardExport.Answers(rows, text).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["Answered at,Score,Words,Customer,Product,Channel,Agent,Team,Case", "2026-09-14T08:00:00Z,2,'=2+2,\"Mia, Ltd\",Net,Call,,No team,C-1001"], Cells([row]));
        var cut = Cells([.. Enumerable.Repeat(row, ScorecardExport.MostAnswers + 1)]);
        Assert.Equal((ScorecardExport.MostAnswers + 2, true), (cut.Length, cut[^1].Contains("10,000")));
    }

    private string[] Lines(Scorecard card) =>
        ScorecardExport.Text(card, Services.GetRequiredService<IStringLocalizer<ScorecardsText>>()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
}
