using Bunit;
using CxDesk.Data.Rollups;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace CxDesk.Tests.Shell;

public sealed class MarkTests : ShellContext
{
    [Theory]
    [InlineData(Standing.Good, "good", "Good", "circle")]
    [InlineData(Standing.Watch, "watch", "Watch", "path")]
    [InlineData(Standing.Bad, "bad", "Bad", "path")]
    [InlineData(Standing.Unknown, "unknown", "Not enough to say", "circle")]
    [Trait("Behaviour", "40")]
    public void Standing_is_shape_and_word_and_colour(Standing standing, string code, string word, string shape)
    {
        var mark = Render<StatusMark>(p => p.Add(m => m.Status, standing));
        Assert.Equal(code, mark.Find(".status").GetAttribute("data-status"));
        Assert.Equal(word, mark.Find(".word").TextContent);
        Assert.NotNull(mark.Find($"svg {shape}"));
    }

    [Fact]
    public void Compact_mark_keeps_its_words_for_screen_readers()
    {
        var mark = Render<StatusMark>(p => p.Add(m => m.Status, Standing.Bad).Add(m => m.Words, "4 under target").Add(m => m.Compact, true));
        Assert.Equal("4 under target", mark.Find(".unseen").TextContent);
        Assert.Equal("4 under target", mark.Find(".status").GetAttribute("title"));
    }

    [Fact]
    public void Each_severity_has_a_shape_and_a_word_of_its_own()
    {
        string[] all = ["critical", "high", "medium", "low"];
        var marks = all.Select(s => Render<SeverityMark>(p => p.Add(m => m.Severity, s))).ToList();
        Assert.Equal(["Critical", "High", "Medium", "Low"], marks.Select(m => m.Find(".word").TextContent));
        Assert.Equal(4, marks.Select(m => m.Find("path").GetAttribute("d")).Distinct().Count());
    }

    [Fact]
    public void Unknown_severity_is_refused_by_name() =>
        Assert.Contains("urgent", Assert.Throws<ArgumentOutOfRangeException>(() => Render<SeverityMark>(p => p.Add(m => m.Severity, "urgent"))).Message);

    [Fact]
    public void Words_follow_the_language()
    {
        Speak("zh-Hans");
        Assert.Equal("紧急", Render<SeverityMark>(p => p.Add(m => m.Severity, "critical")).Find(".word").TextContent);
    }

    [Fact]
    [Trait("Behaviour", "36")]
    public void Empty_nothing_matches_and_failed_are_three_screens()
    {
        var retried = 0;
        var empty = Render<EmptyState>(p => p.Add(s => s.Title, "No cases yet").AddChildContent("<a href=\"/\">x</a>"));
        var nothing = Render<NothingMatches>(p => p.Add(s => s.Filter, "severity critical").Add(s => s.ClearLink, "/cases"));
        var failed = Render<FailedState>(p => p.Add(s => s.What, "Not read").Add(s => s.SinceAt, Time.Now).Add(s => s.OnRetry, () => retried++));
        Assert.Equal("No cases yet", empty.Find("[data-state=empty] h2").TextContent);
        Assert.Contains("severity critical", nothing.Find("[data-state=nothing-matches] p").TextContent);
        Assert.Equal("/cases", nothing.Find("a").GetAttribute("href"));
        Assert.Contains("Since 14:00.", failed.Find("[data-state=failed][role=alert] p").TextContent);
        failed.Find("button").Click();
        Assert.Equal(1, retried);
    }

    [Fact]
    public void Skeleton_has_the_columns_of_the_table_it_stands_for()
    {
        var rows = Render<SkeletonRows>(p => p.Add(s => s.Rows, 3).Add(s => s.Columns, 4)).FindAll("tr");
        Assert.Equal(3, rows.Count);
        Assert.All(rows, r => Assert.Equal(4, r.Children.Length));
    }

    [Fact]
    public void Tile_that_fails_leaves_the_others_standing_and_can_be_tried_again()
    {
        var broken = true;
        RenderFragment content = b => b.AddContent(0, broken ? throw new InvalidOperationException("planted") : "Drawn");
        var tile = Render<TileBoundary>(p => p.Add(t => t.ChildContent, content));
        Assert.Equal("This part could not be drawn", tile.Find("[data-state=failed] h2 .word").TextContent);
        broken = false;
        tile.Find("button").Click();
        Assert.Equal("Drawn", tile.Markup);
    }

    [Fact]
    public void Page_head_is_the_heading_and_the_lead() =>
        Assert.Equal("Scorecard", Render<PageHead>(p => p.Add(h => h.Title, "Scorecard").Add(h => h.Lead, "All well.")).Find("h1").TextContent);
}
