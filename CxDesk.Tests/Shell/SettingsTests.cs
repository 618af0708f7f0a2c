using CxDesk.Data;
using CxDesk.Data.Scorecards;
using CxDesk.Web.Feed;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Builder;

namespace CxDesk.Tests.Shell;

public class SettingsTests
{
    [Fact]
    public void All_faults_are_told_at_once_each_with_its_key()
    {
        var builder = Builder("--Company:TimeZone=Mars/Base", "--Scorecards:MinimumN=0", "--Feed:Pace=soon");
        builder.AddSettings<CompanyOptions>("Company");
        builder.AddSettings<ScorecardsOptions>("Scorecards");
        builder.AddSettings<FeedOptions>("Feed");
        Assert.Collection(builder.SettingFaults(),
            f => Assert.Equal("Company:TimeZone: 'Mars/Base' is not an IANA time zone.", f),
            f => Assert.Equal("Scorecards:MinimumN: 1 or more.", f),
            f => Assert.Contains("'Feed:Pace'", f, StringComparison.Ordinal));
    }

    [Fact]
    public void A_section_is_read_once_and_what_is_not_said_has_its_default()
    {
        var builder = Builder("--Feed:Tail=00:00:07");
        var feed = builder.AddSettings<FeedOptions>("Feed");
        Assert.Same(feed, builder.AddSettings<FeedOptions>("Feed"));
        Assert.Equal((TimeSpan.FromSeconds(7), new FeedOptions().Pace), (feed.Tail, feed.Pace));
        Assert.Empty(builder.SettingFaults());
    }

    private static WebApplicationBuilder Builder(params string[] arguments) => WebApplication.CreateBuilder(arguments);
}
