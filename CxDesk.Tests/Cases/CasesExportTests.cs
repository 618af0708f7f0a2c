using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Web.Cases;

namespace CxDesk.Tests.Cases;

public class CasesExportTests
{
    [Fact]
    [Trait("Behaviour", "42")]
    public async Task An_export_has_the_columns_of_the_list_in_their_order_and_no_formulas()
    {
        await using var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        await floor.Open(csat: 1, comment: "=HYPERLINK(\"http://x\")");
        Assert.True(CaseColumns.TryParse("words,customer,score", out var columns));
        Assert.Equal(
            "\uFEFFid,severity,comment,customer,name,csat,nps,ces\r\nC-1001,high,\"'=HYPERLINK(\"\"http://x\"\")\",,,1,,\r\n",
            string.Concat(await Parts(floor, columns, 10)));
    }

    [Fact]
    [Trait("Behaviour", "30")]
    public async Task An_export_holds_what_the_list_holds_in_its_order_and_says_so_where_it_is_cut()
    {
        await using var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        for (var i = 0; i < 7; i++) await floor.Open(csat: i % 2 + 1);
        var listed = (await floor.Board.Read(Viewer.System, new CaseBoardFilter(), CaseSort.Urgency, 50)).Rows.Select(row => row.Reference).ToList();

        var whole = string.Concat(await Parts(floor, CaseColumns.Usual, 7)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(listed, whole.Skip(1).Select(line => line.Split(',')[0]));

        var cut = string.Concat(await Parts(floor, CaseColumns.Usual, 4)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([.. listed.Take(4), "cut"], cut.Skip(1).Select(line => line.Split(',')[0]));
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task Who_loses_access_while_a_file_is_written_gets_no_more()
    {
        await using var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        await floor.Open();
        Assert.Empty(await CasesExport.Parts((_, _) => Task.FromResult<CaseRows?>(null), null, 10, "cut").ToListAsync());
    }

    private static async Task<List<string>> Parts(CaseFloor floor, CaseColumns? columns, int most) => await CasesExport.Parts(
        async (limit, after) => await floor.Board.ReadRows(Viewer.System, new CaseBoardFilter(), CaseSort.Urgency, limit, after), columns, most, "cut").ToListAsync();
}
