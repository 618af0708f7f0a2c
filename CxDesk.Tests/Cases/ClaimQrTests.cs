using Bunit;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Tests.Shell;
using CxDesk.Web.Cases;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CxDesk.Tests.Cases;

public sealed class ClaimQrTests : ShellContext
{
    [Theory]
    [InlineData(null, "http://localhost/claim/")]
    [InlineData("https://cx.example.com/", "https://cx.example.com/claim/")]
    public async Task A_code_leads_to_where_people_reach_cxdesk(string? said, string begins)
    {
        await using var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        var codes = new ClaimCodes(floor.Database.Db, floor.Writer);
        Services.AddSingleton(codes);
        Services.AddSingleton(new ClaimAddress(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Deliveries:BaseUrl", said)]).Build()));
        var drawn = Render<ClaimQr>(p => p.Add(q => q.CaseId, 1042));
        await drawn.WaitForAssertionAsync(() => Assert.StartsWith(begins, drawn.Find("[data-claim-url]").GetAttribute("data-claim-url"), StringComparison.Ordinal));
        Assert.Contains("C-1042", drawn.Find("figcaption").TextContent, StringComparison.Ordinal);
        Assert.StartsWith("M4 4h7", drawn.Find("path").GetAttribute("d"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_drawing_has_a_finder_in_three_corners_and_a_quiet_border()
    {
        var drawing = QrDrawing.Of("https://cx.example.com/claim/412-cb5a3f1-00112233445566778899");
        Assert.InRange(drawing.Size, 21 + 8, 41 + 8);
        Assert.Contains($"M{drawing.Size - 11} 4h7", drawing.Path);
        Assert.Contains($"M4 {drawing.Size - 5}h7", drawing.Path);
        Assert.DoesNotContain("M0 ", drawing.Path);
    }
}
