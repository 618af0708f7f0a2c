using Bunit;
using CxDesk.Web.Shell;
using Microsoft.Extensions.DependencyInjection;

namespace CxDesk.Tests.Shell;

public sealed class TimeTests : ShellContext
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    [Theory]
    [InlineData(40, "40 s", "40 秒")]
    [InlineData(20 * 60, "20 min", "20 分钟")]
    [InlineData(3600, "1 h", "1 小时")]
    [InlineData(4800, "1 h 20 min", "1 小时 20 分")]
    [InlineData(-187200, "2 d 4 h", "2 天 4 小时")]
    public void Length_of_time_is_said_in_two_units(int seconds, string english, string chinese)
    {
        var words = Services.GetRequiredService<TimeWords>();
        Assert.Equal(english, words.Span(TimeSpan.FromSeconds(seconds)));
        Speak("zh-Hans");
        Assert.Equal(chinese, words.Span(TimeSpan.FromSeconds(seconds)));
    }

    [Fact]
    public void Clock_says_no_more_of_the_date_than_is_needed()
    {
        var words = Services.GetRequiredService<TimeWords>();
        string Said(double days) => words.Clock(Time.Now.AddDays(days), Time.Now, Paris);
        Assert.Equal("14:00", Said(0));
        Assert.Equal("Tue 14:00", Said(1));
        Assert.Equal("4 Sept 14:00".Replace("Sept", Time.Now.ToString("MMM")), Said(-10));
        Assert.Equal("14 " + Time.Now.ToString("MMM") + " 2025 14:00", Said(-365));
    }

    [Fact]
    [Trait("Behaviour", "7")]
    public void Two_zones_see_the_same_instant()
    {
        var at = Time.Now.AddMinutes(20);
        var time = Render<TimeText>(p => p.Add(t => t.At, at)).Find("time");
        var other = Render<TimeText>(p => p.Add(t => t.At, at).Add(t => t.Zone, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"))).Find("time");
        Assert.Equal("in 20 min", time.TextContent);
        Assert.Contains("14:20:00 (Europe/Paris, UTC+02:00)", time.GetAttribute("title"));
        Assert.Contains("20:20:00 (Asia/Shanghai, UTC+08:00)", other.GetAttribute("title"));
        Assert.Equal("2026-09-14T12:20:00Z", time.GetAttribute("datetime"));
        Assert.Equal(time.GetAttribute("datetime"), other.GetAttribute("datetime"));
    }

    [Fact]
    [Trait("Behaviour", "38")]
    public void Time_passes_on_the_screen_by_itself()
    {
        var time = Render<TimeText>(p => p.Add(t => t.At, Time.Now.AddMinutes(1)));
        Assert.Equal("in 1 min", time.Find("time").TextContent);
        Time.Now = Time.Now.AddMinutes(3);
        time.WaitForAssertion(() => Assert.Equal("2 min ago", time.Find("time").TextContent));
    }

    [Fact]
    public async Task Browsers_zone_replaces_the_companys_at_once()
    {
        var clock = Services.GetRequiredService<ViewerClock>();
        var time = Render<TimeText>(p => p.Add(t => t.At, Time.Now).Add(t => t.OnClock, true));
        Assert.Equal("14:00", time.Find("time").TextContent);
        await clock.UseZone("Nowhere/AtAll");
        Assert.Equal("14:00", time.Find("time").TextContent);
        await clock.UseZone("Asia/Shanghai");
        time.WaitForAssertion(() => Assert.Equal("20:00", time.Find("time").TextContent));
    }

    [Theory]
    [InlineData(59, 0, 30, false)]
    [InlineData(61, 0, 30, true)]
    [InlineData(5, 29, 30, false)]
    [InlineData(5, 31, 30, true)]
    [InlineData(5, 600, null, false)]
    [Trait("Behaviour", "35")]
    public void Data_is_stale_when_unread_for_a_minute_or_silent_for_too_long(int readSeconds, int newestMinutes, int? silence, bool stale)
    {
        TimeSpan? allowed = silence is { } minutes ? TimeSpan.FromMinutes(minutes) : null;
        Assert.Equal(stale, DataAge.IsStale(Time.Now, Time.Now.AddSeconds(-readSeconds), Time.Now.AddMinutes(-newestMinutes), allowed));
    }

    [Fact]
    [Trait("Behaviour", "35")]
    public void Age_counts_up_turns_stale_and_keeps_what_was_read()
    {
        var age = Render<AgeBadge>(p => p.Add(a => a.NewestAt, Time.Now.AddSeconds(-4)).Add(a => a.ReadAt, Time.Now));
        Assert.Contains("4 s", age.Find(".age").TextContent);
        Assert.Equal("false", age.Find(".age").GetAttribute("data-stale"));
        Time.Now = Time.Now.AddMinutes(2);
        age.WaitForAssertion(() => Assert.Equal("true", age.Find(".age").GetAttribute("data-stale")));
        Assert.Contains("2 min, stale", age.Find(".age").TextContent);
        age.Render(p => p.Add(a => a.Failed, true));
        Assert.Contains("last read failed", age.Find(".age").TextContent);
    }
}
