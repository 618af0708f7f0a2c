using CxDesk.Web.Shell;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace CxDesk.Tests.Shell;

public sealed class CsvTests : ShellContext
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

    [Fact]
    [Trait("Behaviour", "42")]
    public void A_file_says_above_its_columns_what_it_is_of_its_days_n_and_when_it_was_read()
    {
        var facts = new CsvFacts { Of = ["@North", null, "CSAT", "CSAT"], From = new(2026, 9, 1), To = new(2026, 10, 1), N = 12, At = new(2026, 10, 2, 8, 0, 0, TimeSpan.FromHours(2)), More = [["Held against", new DateOnly(2026, 8, 1)]] };
        var words = Services.GetRequiredService<IStringLocalizer<ShellText>>();
        Assert.Equal("\uFEFFAbout,'@North,CSAT\r\nFirst and last day,2026-09-01,2026-09-30\r\nn,12\r\nRead at,2026-10-02T06:00:00Z\r\nHeld against,2026-08-01\r\n\r\n", facts.Head(words));
        Speak("zh-Hans");
        Assert.Equal("\uFEFF内容,全公司\r\n读取时间,2026-10-02T06:00:00Z\r\n\r\n", (facts with { Of = ["全公司"], From = null, N = null, More = [] }).Head(words));
    }
}
