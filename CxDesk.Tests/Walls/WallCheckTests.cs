using CxDesk.Data;
using CxDesk.Data.Walls;

namespace CxDesk.Tests.Walls;

public sealed class WallCheckTests
{
    private static readonly WallCodes Codes = new()
    {
        Units = new HashSet<string> { "north", "phone" }, Regions = new HashSet<string> { "north" }, Products = new HashSet<string> { "net" },
        Agents = new HashSet<string> { "A-1" }, Measures = new HashSet<string> { "wait" },
    };

    private static readonly WallTileSpec Score = new() { Kind = WallTileKind.Score };
    private static readonly WallDocument Right = new() { Pages = [new WallPage { Tiles = [Score, Score, Score with { Unit = "phone" }, Score with { Agent = "A-1" }] }] };

    [Fact]
    public void A_wall_of_one_page_of_four_tiles_is_right() => Assert.Empty(WallCheck.Faults(Right, Codes));

    public static TheoryData<string, string, WallDocument> Wrong => new()
    {
        { "dwellSeconds", "Dwell", Right with { DwellSeconds = 4 } },
        { "pages[0].dwellSeconds", "Dwell", Right with { Pages = [Right.Pages[0] with { DwellSeconds = 601 }] } },
        { "night.brightness", "Brightness", Right with { Night = new(null, 4) } },
        { "night.region", "Unknown", Right with { Night = new("phone", 40) } },
        { "pages", "Pages", Right with { Pages = [] } },
        { "pages[1].tiles", "Tiles", Right with { Pages = [Right.Pages[0], new WallPage { Tiles = [Score, Score, Score] }] } },
        { "pages[0].tiles", "Tiles", Page([.. Enumerable.Repeat(Score, 7)]) },
        { "pages[0].tiles", "DoNotFit", Page([Score with { Width = 2, Height = 2 }, Score, Score, Score]) },
        { "pages[0].tiles[3].width", "Size", Page([Score, Score, Score, Score with { Width = 0 }]) },
        { "pages[0].tiles[2].unit", "Unknown", Page([Score, Score, Score with { Unit = "south" }, Score]) },
        { "pages[0].tiles[0].product", "Unknown", Page([Score with { Product = "tv" }, Score, Score, Score]) },
        { "pages[0].tiles[0].agent", "Unknown", Page([Score with { Agent = "A-9" }, Score, Score, Score]) },
        { "pages[0].tiles[3].agent", "AgentsHidden", Right with { ShowsAgents = false } },
        { "pages[0].tiles[0].subject", "OneSubject", Page([Score with { Unit = "north", Product = "net" }, Score, Score, Score]) },
        { "pages[0].tiles[1].measure", "Missing", Page([Score, Score with { Kind = WallTileKind.Measure }, Score, Score]) },
        { "pages[0].tiles[1].measure", "Unknown", Page([Score, Score with { Kind = WallTileKind.Trend, Measure = "calm" }, Score, Score]) },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void What_cannot_be_shown_is_named_by_its_path(string field, string fault, WallDocument wall)
    {
        var found = Assert.Single(WallCheck.Faults(wall, Codes));
        Assert.Equal((field, fault), (found.Field, found.Fault));
        Assert.StartsWith(field, found.Message, StringComparison.Ordinal);
        Assert.Same(fault, Assert.Throws<InvalidField>(() => WallCheck.Demand(wall, Codes)).Fault);
    }

    [Theory]
    [InlineData("", "Missing")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890", "TooLong")]
    public void A_name_is_there_and_not_too_long(string name, string fault) =>
        Assert.Equal(fault, Assert.Throws<InvalidField>(() => WallCheck.Name(name)).Fault);

    private static WallDocument Page(List<WallTileSpec> tiles) => Right with { Pages = [new WallPage { Tiles = tiles }] };
}
