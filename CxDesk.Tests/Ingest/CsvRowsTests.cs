using System.Text;
using CxDesk.Data.Ingest;

namespace CxDesk.Tests.Ingest;

public class CsvRowsTests
{
    [Fact]
    public void Quotes_line_ends_and_empty_cells_are_read_as_RFC_4180_has_them()
    {
        var rows = Rows("a,b\r\n1,\"x, \"\"y\"\"\"\n\"two\nlines\",\r\n\r\n,\"\"");
        Assert.All(rows, r => Assert.Null(r.Fault));
        Assert.Equal([["1", "x, \"y\""], ["two\nlines", ""], ["", ""]], rows.Select(r => r.Cells));
        Assert.Equal([2, 3, 6], rows.Select(r => r.Line));
    }

    [Theory]
    [InlineData("a,b\n1,2\n\"broken,3\n4,5\n6,7")]                // never closed
    [InlineData("a,b\n1,2\n\"broken,3\n4,\"5\"\n6,7")]             // closed by the next row's quote
    [InlineData("a,b\n1,2\n\"bro\"ken,3\n4,5\n6,7")]
    [InlineData("a,b\n1,2\nbro\"ken,3\n4,5\n6,7")]
    [InlineData("a,b\n1,2\nbroken\n4,5\n6,7")]
    [InlineData("a,b\n1,2\nbroken,3,\"and\nmore\"\n4,5\n6,7")]
    public void A_broken_row_costs_its_first_line_and_the_good_ones_after_it_are_read(string text)
    {
        var rows = Rows(text);
        var broken = rows.First(r => r.Fault is not null);
        Assert.Equal(3, broken.Line);
        Assert.Contains(broken.Fault!.Code, (FaultCode[])[FaultCode.BrokenQuote, FaultCode.FieldCount]);
        Assert.Equal(["1", "4", "6"], rows.Where(r => r.Fault is null).Select(r => r.Cells[0]));
    }

    [Fact]
    public void A_row_in_another_encoding_is_told_by_its_line_and_the_others_are_read()
    {
        byte[] file = [.. Encoding.UTF8.Preamble, .. "名,b\n"u8, .. "一,1\n"u8, 0xc8, 0xfd, .. ",2\n"u8, .. "三,3"u8];
        var rows = new CsvRows(new MemoryStream(file), "utf-8", ',');
        Assert.Equal("名", rows.Columns[0]);
        var read = rows.All().ToList();
        Assert.Equal((3, FaultCode.WrongEncoding), (read[1].Line, read[1].Fault!.Code));
        Assert.Equal(["一", "三"], read.Where(r => r.Fault is null).Select(r => r.Cells[0]));
    }

    [Fact]
    public void Other_encodings_and_delimiters_are_read_when_they_are_named()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var rows = new CsvRows(new MemoryStream(Encoding.GetEncoding("gb18030").GetBytes("名;b\n产品;1")), "gb18030", ';');
        Assert.Equal("产品", Assert.Single(rows.All()).Cells[0]);
        Assert.Equal("EncodingBad", Assert.Throws<ImportFault>(() => new CsvRows(Stream.Null, "klingon", ',')).Code);
        Assert.Equal("NoHeader", Assert.Throws<ImportFault>(() => new CsvRows(Stream.Null, "utf-8", ',')).Code);
        Assert.Equal("HeaderBad", Assert.Throws<ImportFault>(() => new CsvRows(new MemoryStream([0xc8, 0xfd]), "utf-8", ',')).Code);
    }

    private static List<CsvRow> Rows(string text) => [.. new CsvRows(new MemoryStream(Encoding.UTF8.GetBytes(text)), "utf-8", ',').All()];
}
