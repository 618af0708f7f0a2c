using Microsoft.Playwright;

namespace CxDesk.Tests.Browser;

/// <summary>
/// A company whose screens hang at a <see cref="Wire"/>. With <c>CXDESK_FAULTS=full</c> the limits are those of production and
/// the faults last as long as docs/steady.md says; else both are shortened, and the code is the same.
/// </summary>
public sealed class FaultFixture : CompanyFixture
{
    public static readonly bool IsFull = Environment.GetEnvironmentVariable("CXDESK_FAULTS") == "full";

    public Wire Wire { get; private set; } = null!;

    /// <summary>Open all the time, as they hang: what befalls them comes one after the other. Empty until they are opened, or after a test that failed.</summary>
    public List<FaultScreen> Screens { get; } = [];

    protected override (string Name, string Value)[] Settings => [OpenedAnew, .. IsFull ? [] : Shortened];

    // A connection kept open would go on reading a file that is gone.
    private static (string, string) OpenedAnew => ("Database__ConnectionString", "Data Source={database};Pooling=False");

    private static (string, string)[] Shortened => [("Recovery__Silence", "00:00:03"), ("Recovery__Look", "00:00:02"), ("Recovery__Rest", "00:00:30"), ("Feed__WriteWait", "00:00:02")];

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Wire = new Wire(App.Address);
    }

    public override async Task DisposeAsync()
    {
        await Wire.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>How long a fault lasts: as production is promised, or for a moment.</summary>
    public static TimeSpan Lasts(TimeSpan full, TimeSpan moment) => IsFull ? full : moment;
}

public sealed record FaultScreen(string Name, string Address, IPage Page)
{
    public Task<string> Text() => Page.Locator("main").InnerTextAsync();
}
