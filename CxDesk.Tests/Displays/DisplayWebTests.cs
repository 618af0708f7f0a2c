using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using CxDesk.Data.Displays;
using CxDesk.Data.People;
using CxDesk.Tests.Live;
using CxDesk.Tests.Shell;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CxDesk.Tests.Displays;

/// <summary>What a display link opens, and what it does not.</summary>
public sealed class DisplayWebTests : IAsyncLifetime
{
    private readonly LoggedApp _app = new();
    private HttpClient _screen = null!;
    private MadeLink _link = null!;

    // Whoever writes in the name of the house is a person all the same.
    private static readonly Viewer Admin = Viewer.System with { PersonId = 1 };

    public async Task InitializeAsync()
    {
        _screen = _app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        _screen.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue("en"));
        _screen.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        _link = await _app.Get<DisplayWriter>().Make(Admin, new SaveDisplay { Name = "Lobby", WallId = DisplayFloor.Main, Language = "zh-Hans" });
    }

    public async Task DisposeAsync()
    {
        _screen.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    [Trait("Behaviour", "39")]
    public async Task A_link_opens_without_signing_in_in_its_own_language_and_leaves_no_cookie()
    {
        var page = await _screen.GetAsync($"/display/{_link.Token}");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.False(page.Headers.Contains("Set-Cookie"));
        Assert.Equal(("no-referrer", "no-store"), (page.Headers.GetValues("Referrer-Policy").Single(), page.Headers.CacheControl!.ToString()));
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains("<html lang=\"zh-Hans\"", html);
        Assert.DoesNotContain("data-state=\"gone\"", html);
        Assert.DoesNotContain("<button", Body(html));
        Assert.DoesNotContain("<input", Body(html));
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task A_link_that_is_unknown_or_revoked_says_so_and_shows_nothing()
    {
        await _app.Get<DisplayWriter>().Revoke(Admin, _link.DisplayId);
        foreach (var token in (string[])[_link.Token, "cxd_nonsense", "nonsense"])
        {
            var page = await _screen.GetAsync($"/display/{token}");
            Assert.False(page.Headers.Contains("Set-Cookie"));
            var html = await page.Content.ReadAsStringAsync();
            Assert.Contains("This display link is not valid", html);
            Assert.DoesNotContain("data-tile", html);
        }
    }

    [Fact]
    public async Task A_short_code_leads_to_a_link_once_and_looking_ahead_uses_up_nothing()
    {
        using var ahead = new HttpRequestMessage(HttpMethod.Get, $"/d/{_link.Code}") { Headers = { { "Sec-Purpose", "prefetch;prerender" } } };
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _screen.SendAsync(ahead)).StatusCode);
        var typed = await _screen.GetAsync($"/d/{_link.Code}");
        Assert.Equal(HttpStatusCode.Redirect, typed.StatusCode);
        Assert.DoesNotContain("data-state=\"gone\"", await _screen.GetStringAsync(typed.Headers.Location));
        var again = await _screen.GetAsync($"/d/{_link.Code}");
        Assert.Contains("This code does not work", await _screen.GetStringAsync(again.Headers.Location));
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task Guessing_codes_is_slow()
    {
        for (var i = 0; i < 20; i++) await _screen.GetAsync("/d/2222-2222");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await _screen.GetAsync($"/d/{_link.Code}")).StatusCode);
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task At_the_hub_a_link_hears_its_own_wall_and_no_other_board_until_it_is_revoked()
    {
        using var socket = await HubSocket.Connect(_app.Server, _link.Token);
        Assert.Contains("live:today:region", (await socket.Subscribe("live:today:region")).GetProperty("error").GetString());
        Assert.True((await socket.Subscribe("wall:main")).TryGetProperty("result", out _));
        await _app.Get<DisplayWriter>().Revoke(Admin, _link.DisplayId);
        await socket.Ended();
        await Assert.ThrowsAnyAsync<Exception>(() => HubSocket.Connect(_app.Server, _link.Token));
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task The_api_knows_no_display()
    {
        _screen.DefaultRequestHeaders.Add("X-Api-Key", _link.Token);
        foreach (var path in (string[])["/api/v1/live", "/api/v1/cases", "/api/v1/scorecards", $"/api/v1/live?access_token={_link.Token}"])
            Assert.Equal(HttpStatusCode.Unauthorized, (await _screen.GetAsync(path)).StatusCode);
        // Nor does it let in as a header what is let in as a token.
        Assert.Equal(HttpStatusCode.Unauthorized, (await _screen.PostAsync("/hubs/live/negotiate", null)).StatusCode);
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task No_log_holds_the_secret_of_a_link()
    {
        await _screen.GetAsync($"/display/{_link.Token}");
        var typed = (await _screen.GetAsync($"/d/{_link.Code}")).Headers.Location!.ToString();
        await _screen.GetAsync(typed);
        using var socket = await HubSocket.Connect(_app.Server, _link.Token);
        await socket.Subscribe("wall:main");
        await _app.Get<DisplayWriter>().Revoke(Admin, _link.DisplayId);
        await socket.Ended();
        Assert.NotEmpty(_app.Lines);
        Assert.DoesNotContain(_app.Lines, line => line.Contains(_link.Token) || line.Contains(typed.Split('/')[^1]));
    }

    private static string Body(string html) => html[html.IndexOf("<main", StringComparison.Ordinal)..html.IndexOf("</main>", StringComparison.Ordinal)];

    /// <summary>The app with everything said that somebody may turn on to find a fault.</summary>
    private sealed class LoggedApp() : InProcessApp, ILoggerProvider
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Line(this);

        void IDisposable.Dispose() => GC.SuppressFinalize(this);

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Logging:LogLevel:Microsoft.AspNetCore", "Information");
            builder.ConfigureServices(services => services.AddSingleton<ILoggerProvider>(this));
        }

        private sealed class Line(LoggedApp app) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                app.Lines.Enqueue(formatter(state, exception) + exception);
        }
    }
}
