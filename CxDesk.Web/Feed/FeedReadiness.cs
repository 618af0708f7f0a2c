using CxDesk.Web.People;

namespace CxDesk.Web.Feed;

/// <summary>The feed is ready while it hears of changes.</summary>
public sealed class FeedReadiness(ChangeTail tail, TimeProvider time, FeedOptions options) : IReadiness
{
    private const int Missed = 10;

    public string Name => "feed";

    public Task<string?> WhyNot(CancellationToken cancel) => Task.FromResult(
        tail.LookedAt is not { } looked ? "has not looked at the change log yet"
        : time.GetUtcNow() - looked > options.Tail * Missed ? $"has not seen the change log since {looked:HH:mm:ss} UTC"
        : null);
}
