using CxDesk.Data.Cases;
using CxDesk.Web.Cases;

namespace CxDesk.Tests.Cases;

public class CaseColumnsTests
{
    [Fact]
    public void Columns_of_an_address_are_those_that_it_writes()
    {
        var columns = Columns("owner, due,owner,words");
        Assert.Equal([CaseColumn.Owner, CaseColumn.Due, CaseColumn.Words], columns.All);
        Assert.Equal("owner,due,words", columns.ToString());
        Assert.False(CaseColumns.TryParse("owner,secret", out _));
        Assert.True(CaseColumns.TryParse(null, out var none));
        Assert.Null(none);
    }

    [Fact]
    public void Columns_are_added_taken_away_and_moved_but_one_always_stays()
    {
        var columns = Columns("due,owner");
        Assert.Equal("due,owner,team", columns.With(CaseColumn.Team).ToString());
        Assert.Equal("owner,due", columns.Moved(CaseColumn.Owner, -1).ToString());
        Assert.Equal("due,owner", columns.Moved(CaseColumn.Owner, 1).ToString());
        Assert.Equal("owner", columns.Without(CaseColumn.Due).Without(CaseColumn.Owner).ToString());
    }

    [Fact]
    public void An_address_is_read_as_it_was_written()
    {
        var written = "status=new,waiting&severity=critical&owner=me&unit=north&overdue=true&q=%E7%AD%89&sort=due&view=list&columns=due,owner";
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(written);
        var parameters = CaseParameters.Parse(name => query.TryGetValue(name, out var value) ? value.ToString() : null, out var fault);
        Assert.Null(fault);
        Assert.Equal(written, parameters!.ToQuery());
        Assert.Equal($"/cases/C-1?{written}", parameters.ToLink("C-1"));
    }

    [Fact]
    public void A_column_that_there_is_not_is_named()
    {
        Assert.Null(CaseParameters.Parse(name => name == "columns" ? "due,shoe" : null, out var fault));
        Assert.Equal("columns", fault!.Name);
    }

    private static CaseColumns Columns(string text)
    {
        Assert.True(CaseColumns.TryParse(text, out var columns));
        return columns!;
    }
}
