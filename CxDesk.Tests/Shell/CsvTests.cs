using CxDesk.Web.Shell;

namespace CxDesk.Tests.Shell;

public sealed class CsvTests
{
    [Theory]
    [Trait("Behaviour", "42")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49 30", "'+49 30")]
    [InlineData("-5", "'-5")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"")]
    [InlineData("a=b", "a=b")]
    [InlineData("等了四十分钟, 太久", "\"等了四十分钟, 太久\"")]
    [InlineData("", "")]
    public void A_text_that_would_run_as_a_formula_is_escaped(string text, string cell) => Assert.Equal(cell, Csv.Cell(text));

    [Fact]
    public void A_number_stays_a_number() => Assert.Equal("north,-0.25,12,,true\r\n", Csv.Line("north", -0.25, 12L, null, true));
}
