using System.Reflection;
using CxDesk.Data;
using CxDesk.Tests.Browser;

namespace CxDesk.Tests.Architecture;

/// <summary>Each rule holds over the sources, and fails over a planted breach of it.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly Web = typeof(CxDesk.Web.App).Assembly;
    private static readonly Assembly Data = typeof(Company).Assembly;
    private static readonly string WebFolder = Path.Combine(Repository.Root, "CxDesk.Web");

    [Fact]
    public void No_text_stands_in_markup() => Assert.Empty(MarkupTextRule.Breaches(Web.GetTypes()));

    [Fact]
    public void Text_in_markup_is_found()
    {
        var found = string.Join('\n', MarkupTextRule.Breaches([typeof(Planted)]));
        Assert.Contains("Written in the markup", found);
        Assert.Contains("A hint of its own", found);
        Assert.Contains("Close ", found);
        Assert.Contains("标题", found);
        Assert.DoesNotContain("Planted.Fine", found);
    }

    [Fact]
    public void Both_languages_hold_the_same_keys() => Assert.Empty(ResourceRule.UnequalPairs(Resources()));

    [Fact]
    public void Unequal_languages_are_found()
    {
        var found = ResourceRule.UnequalPairs(new Dictionary<string, string>
        {
            ["XText"] = Resx(("Both", "In {0}"), ("English", "x"), ("Empty", "")),
            ["XText.zh-Hans"] = Resx(("Both", "在 {1}"), ("Empty", "空")),
            ["AloneText"] = Resx(("A", "a")),
        }).ToList();
        Assert.Contains("XText.zh-Hans lacks English", found);
        Assert.Contains("XText: Both takes other values in the other language", found);
        Assert.Contains("XText: Empty is empty", found);
        Assert.Contains("AloneText has no .zh-Hans beside it", found);
    }

    [Fact]
    public void Every_text_that_is_asked_for_exists() => Assert.Empty(ResourceRule.MissingKeys(WebSources(), Resources()));

    [Fact]
    public void Missing_text_is_found()
    {
        var resources = new Dictionary<string, string> { ["XText"] = Resx(("There", "x"), ("Kind.A", "a")) };
        var found = ResourceRule.MissingKeys(
            [
                ("X.razor", """<p>@Text["There"] @Text["Gone"] @Text[$"Kind.{k}"] @Text[$"Sort.{k}"]</p>"""),
                ("X.razor.cs", "[Inject] public required IStringLocalizer<XText> Text { get; set; }"),
                ("Y.cs", "class Y(IStringLocalizer<YText> text);"),
            ],
            resources);
        Assert.Equal(["X.razor: XText lacks Gone", "X.razor: XText lacks Sort.", "Y.cs: there is no YText.resx"], found);
    }

    [Fact]
    public void Every_text_is_asked_for() => Assert.Empty(ResourceRule.UnusedKeys(WebSources(), Resources()));

    [Fact]
    public void Unused_text_is_found()
    {
        var resources = new Dictionary<string, string> { ["XText"] = Resx(("Whole", "x"), ("Kind.A", "a"), ("Gone", "x"), ("Sort.A", "a")), ["XText.zh-Hans"] = Resx(("Elsewhere", "x")) };
        Assert.Equal(["XText: nobody asks for Gone", "XText: nobody asks for Sort.A"],
            ResourceRule.UnusedKeys([("X.razor", """@Text["Whole"] @Text[$"Kind.{k}"] @Sort.A @Text["Sort"] "Gone by" """)], resources));
    }

    [Fact]
    public void Every_feature_has_its_folder_everywhere() => Assert.Empty(LayoutRule.MissingFolders(Sources().Select(f => f.Path)));

    [Fact]
    public void Missing_folder_is_found() => Assert.Equal(
        ["CxDesk.Web/Live is missing"],
        LayoutRule.MissingFolders(Sources().Select(f => f.Path).Where(p => !p.StartsWith("CxDesk.Web/Live", StringComparison.Ordinal))));

    [Fact]
    public void Namespaces_are_folders() => Assert.Empty(LayoutRule.StrayNamespaces(Sources()));

    [Fact]
    public void Stray_namespace_is_found() => Assert.Equal(
        ["CxDesk.Web/Live/X.cs says CxDesk.Web.Cases"],
        LayoutRule.StrayNamespaces([("CxDesk.Web/Live/X.cs", "namespace CxDesk.Web.Cases;"), ("CxDesk.Web/Live/Y.cs", "namespace CxDesk.Web.Live;"), ("CxDesk.Web/Program.cs", "return 0;")]));

    [Fact]
    public void Names_say_something() => Assert.Empty(LayoutRule.EmptyNames([.. Web.GetTypes(), .. Data.GetTypes(), .. typeof(ArchitectureTests).Assembly.GetTypes().Where(t => t != typeof(PlantedHelper))]));

    [Fact]
    public void Empty_name_is_found() => Assert.Single(LayoutRule.EmptyNames([typeof(PlantedHelper), typeof(PlantedIngest)]));

    [Fact]
    public void Data_knows_nothing_of_the_web() => Assert.Empty(LayerRule.WebReferences(Data));

    [Fact]
    public void Reference_to_the_web_is_found() => Assert.NotEmpty(LayerRule.WebReferences(Web));

    [Fact]
    public void Web_holds_no_sql() => Assert.Empty(LayerRule.Sql(Web.GetTypes()));

    [Fact]
    public void Sql_in_a_literal_is_found() => Assert.Single(LayerRule.Sql([typeof(PlantedIngest)]));

    [Fact]
    public void Ingest_and_jobs_know_no_screen() =>
        Assert.Empty(LayerRule.Screens(Web.GetTypes().Concat(Data.GetTypes()).Where(t => t.Namespace?.Split('.')[^1] is "Ingest" or "Jobs")));

    [Fact]
    public void Screen_in_ingest_is_found() => Assert.NotEmpty(LayerRule.Screens([typeof(PlantedIngest)]));

    [Fact]
    public void Colours_are_far_enough_apart() =>
        Assert.Empty(ContrastRule.Breaches(File.ReadAllText(Path.Combine(WebFolder, "wwwroot", "tokens.css"))));

    [Fact]
    public void Pale_colour_is_found()
    {
        var css = File.ReadAllText(Path.Combine(WebFolder, "wwwroot", "tokens.css")).Replace("--good: light-dark(#0a6a7a", "--good: light-dark(#5fb8c8", StringComparison.Ordinal);
        Assert.Contains(ContrastRule.Breaches(css), b => b.StartsWith("--good on --surface", StringComparison.Ordinal));
        Assert.Equal(21, ContrastRule.Ratio("#000000", "#ffffff"), 6);
    }

    [Fact]
    public void Colours_are_named_in_one_file() =>
        Assert.Empty(ContrastRule.Strays(Files("*.css").Where(f => Path.GetFileName(f.Path) != "tokens.css")));

    [Fact]
    public void Stray_colour_is_found() => Assert.Equal(
        ["x.css: #fff", "x.css: rgba(", "x.css: : white"],
        ContrastRule.Strays([("x.css", "#main { color: #fff; background: rgba(0, 0, 0, .5); border-color: white; color: var(--ink); }")]));

    private static Dictionary<string, string> Resources() => Files("*.resx").ToDictionary(f => Path.GetFileNameWithoutExtension(f.Path), f => f.Content);

    private static IEnumerable<(string Path, string Content)> WebSources() => Files("*.razor").Concat(Files("*.cs"));

    private static IEnumerable<(string Path, string Content)> Sources() =>
        from project in (string[])["CxDesk.Data", "CxDesk.Web", "CxDesk.Tests"]
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')
        where path.Split('/')[1] is not ("bin" or "obj") && !path.Contains("/SqlServerAttributes/", StringComparison.Ordinal)
        select (path, File.ReadAllText(file));

    private static IEnumerable<(string Path, string Content)> Files(string pattern) => Directory
        .EnumerateFiles(WebFolder, pattern, SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(WebFolder, f))
        .Where(f => f.Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
        .Select(f => (f, File.ReadAllText(Path.Combine(WebFolder, f))));

    private static string Resx(params (string Key, string Text)[] texts) =>
        $"<root>{string.Concat(texts.Select(t => $"""<data name="{t.Key}"><value>{t.Text}</value></data>"""))}</root>";
}
