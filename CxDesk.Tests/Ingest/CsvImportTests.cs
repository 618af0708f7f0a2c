using System.Text;
using CxDesk.Data.Database;
using CxDesk.Data.Ingest;
using CxDesk.Data.Rollups;
using CxDesk.Tests.Browser;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Ingest;

public class CsvImportTests
{
    private static readonly Statement CountAnswers = new("SELECT COUNT(*) FROM Answers");
    private static readonly Statement CountCases = new("SELECT COUNT(*) FROM Cases");
    private static readonly Statement MeanOf = new("SELECT COUNT(*) AS N, AVG(CAST(a.Csat AS float)) AS Mean FROM Answers a LEFT JOIN People p ON p.Id = a.AgentId LEFT JOIN Products t ON t.Id = a.ProductId WHERE @code IN (p.AgentCode, t.Code, 'all')");
    private static readonly Statement ValueOf = new("SELECT SUM(x.Value) FROM Measurements x JOIN Measures m ON m.Id = x.MeasureId WHERE m.Code = @code");
    private static readonly Statement FirstTime = new("SELECT MIN(RespondedAt) FROM Answers");

    private const string Calls = """
        id,who,day,clock,topic,answered,wait,talk,rating
        1,Ann,14/03/2021,09:00:00,Net,Y,10,00:01:30,5
        2,Bob,14/03/2021,09:05:00,Net,Y,20,01:00:00,1
        3,Bob,14/03/2021,09:06:00,TV,N,,,
        4,Ann,31/02/2021,09:07:00,TV,Y,30,00:00:10,4
        5,Ann,14/03/2021,09:08:00,TV,Y,-,00:00:10,7
        6,"Bro"ken,14/03/2021,09:09:00,TV,Y,1,00:00:10,3
        7,王芳,14/03/2021,09:10:00,"TV, Film",Y,"1,5",00:00:10,2
        8,Test,14/03/2021,09:11:00,TV,Y,1,00:00:10,1
        """;

    private const string Mapping = """
        {
          "zone": "Asia/Shanghai",
          "skip": [{ "column": "who", "is": ["Test"] }],
          "responses": [{
            "when": [{ "column": "answered", "is": ["Y"] }],
            "fields": {
              "externalId": "call-{id}", "source": "pbx", "channel": "phone", "region": "north",
              "respondedAt": { "from": "{day} {clock}", "formats": ["dd/MM/yyyy HH:mm:ss"] },
              "product": { "from": "{topic}", "map": { "Net": "Home net" } },
              "agent": "{who}", "scores.csat": "{rating}",
              "operational.wait": { "from": "{wait}", "decimal": "," },
              "operational.talk": { "from": "{talk}", "duration": "hh:mm:ss" }
            }
          }],
          "measurements": [{
            "when": [{ "column": "answered", "isNot": ["Y"] }],
            "fields": {
              "externalId": "call-{id}", "source": "pbx", "measure": "abandoned", "region": "north", "value": "1",
              "at": { "from": "{day} {clock}", "formats": ["dd/MM/yyyy HH:mm:ss"] }
            }
          }]
        }
        """;

    [Theory, OnSqlite, OnSqlServer]
    public async Task Rows_become_what_the_mapping_says_and_bad_ones_are_named_by_line(DatabaseProvider engine)
    {
        await using var floor = await IngestFloor.Create(engine);
        var (result, rejected) = await Import(floor, Calls, Mapping);
        Assert.Equal((8, 1, 1, 2), (result.Rows, result.Skipped, result.Broken, result.CasesOpened));
        Assert.Equal((new ImportCount(3, 0, 2), new ImportCount(1, 0, 0)), (result.Responses, result.Measurements));
        Assert.Equal(
            [(5, "respondedAt", FaultCode.NotInFormat), (6, "scores.csat", FaultCode.OutOfRange), (6, "operational.wait", FaultCode.NotInFormat), (7, "$", FaultCode.BrokenQuote)],
            rejected.SelectMany(r => r.Faults.Select(f => (r.Line, f.Field, f.Code))));
        Assert.Equal(new DateTimeOffset(2021, 3, 14, 1, 0, 0, TimeSpan.Zero), await floor.Value<DateTimeOffset>(FirstTime));
        Assert.Equal(31.5, await floor.Value<double>(ValueOf, new { code = "wait" }));
        Assert.Equal(3_700, await floor.Value<double>(ValueOf, new { code = "talk" }));
        Assert.Equal(new MeanRow { N = 2, Mean = 3 }, await floor.Value<MeanRow>(MeanOf, new { code = "Home net" }));
        Assert.Equal(1, (await floor.Value<MeanRow>(MeanOf, new { code = "王芳" })).N);
        Assert.Empty(await RollupCheck.Run(floor.Database.Db));

        (result, _) = await Import(floor, Calls, Mapping);
        Assert.Equal((new ImportCount(0, 3, 2), new ImportCount(0, 1, 0), 0), (result.Responses, result.Measurements, result.CasesOpened));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_dry_run_counts_and_stores_nothing(DatabaseProvider engine)
    {
        await using var floor = await IngestFloor.Create(engine);
        var (result, _) = await Import(floor, Calls, Mapping, dryRun: true);
        Assert.Equal((new ImportCount(3, 0, 2), 2), (result.Responses, result.CasesOpened));
        Assert.Equal(0, await floor.Value<long>(CountAnswers));
        (result, _) = await Import(floor, Calls, Mapping);
        Assert.Equal(3, result.Responses.Accepted);
    }

    [Theory]
    [InlineData("\"none\"", 0)]
    [InlineData("\"all\"", 2)]
    [InlineData("{ \"since\": \"2021-03-15\" }", 0)]
    [InlineData("{ \"since\": \"2021-03-14\" }", 2)]
    public async Task Which_low_answers_open_cases_is_the_mappings_word(string openCases, long cases)
    {
        await using var floor = await IngestFloor.Create(DatabaseProvider.Sqlite);
        var (result, _) = await Import(floor, Calls, Mapping.Replace("\"zone\"", $"\"openCases\": {openCases}, \"zone\""));
        Assert.Equal((cases, cases), (result.CasesOpened, await floor.Value<long>(CountCases)));
    }

    [Theory]
    [InlineData("{topic}", "{theme}", "NoColumn", "theme")]
    [InlineData("{topic}", "{topic", "TemplateBad", "product")]
    [InlineData("scores.csat", "scores.joy", "NoSuchField", "scores.joy")]
    [InlineData("Asia/Shanghai", "Asia/Atlantis", "ZoneBad", "Asia/Atlantis")]
    [InlineData("hh:mm:ss\" }", "long\" }", "DurationBad", "operational.talk")]
    [InlineData("\"zone\"", "\"zones\"", "MappingBad", "zones")]
    [InlineData("\"zone\":", "\"zone\"", "MappingBad", "line")]
    [InlineData("\"zone\"", "\"openCases\": \"some\", \"zone\"", "MappingBad", "openCases")]
    public async Task A_mapping_that_does_not_fit_says_what_and_nothing_is_stored(string from, string to, string code, string says)
    {
        await using var floor = await IngestFloor.Create(DatabaseProvider.Sqlite);
        var fault = await Assert.ThrowsAsync<ImportFault>(() => Import(floor, Calls, Mapping.Replace(from, to)));
        Assert.Equal(code, fault.Code);
        if (says != "line") Assert.Contains(says, fault.Message);
        Assert.Equal(0, await floor.Value<long>(CountAnswers));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_call_centers_file_gives_the_figures_that_were_promised(DatabaseProvider engine)
    {
        var file = Path.Combine(Repository.Root, "..", "shared", "data", "call-center", "calls.csv");
        for (var folder = new DirectoryInfo(Repository.Root).Parent; folder is not null && !File.Exists(file); folder = folder.Parent)
            file = Path.Combine(folder.FullName, "shared", "data", "call-center", "calls.csv");
        if (!File.Exists(file)) return;
        await using var floor = await IngestFloor.Create(engine);
        var mapping = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "examples", "call-center.mapping.json"));
        var calls = await File.ReadAllTextAsync(file);
        var (result, rejected) = await Import(floor, calls, mapping);
        Assert.Empty(rejected);
        Assert.Equal((new ImportCount(4_054, 0, 0), new ImportCount(946, 0, 0), 813), (result.Responses, result.Measurements, result.CasesOpened));
        foreach (var (code, n, mean) in ((string, long, double)[])[("all", 4_054, 3.4036), ("Martha", 514, 3.4708), ("Joe", 484, 3.3306), ("Streaming", 847, 3.4026)])
        {
            var row = await floor.Value<MeanRow>(MeanOf, new { code });
            Assert.Equal((code, n, mean), (code, row.N, Math.Round(row.Mean, 4)));
        }
        Assert.Empty(await RollupCheck.Run(floor.Database.Db));
        (result, _) = await Import(floor, calls, mapping);
        Assert.Equal((new ImportCount(0, 4_054, 0), new ImportCount(0, 946, 0), 0), (result.Responses, result.Measurements, result.CasesOpened));
    }

    private static async Task<(ImportResult Result, List<(int Line, IReadOnlyList<ItemFault> Faults)> Rejected)> Import(
        IngestFloor floor, string text, string mapping, bool dryRun = false)
    {
        var rejected = new List<(int, IReadOnlyList<ItemFault>)>();
        var result = await new CsvImport(floor.Database.Db, floor.Database.Company, floor.Writer).Run(
            new MemoryStream(Encoding.UTF8.GetBytes(text)), ImportMapping.Read(mapping), dryRun, (row, faults) => rejected.Add((row.Line, faults)), _ => { });
        return (result, rejected);
    }

    private sealed record MeanRow
    {
        public required long N { get; init; }
        public required double Mean { get; init; }
    }
}
