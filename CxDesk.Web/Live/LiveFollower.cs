using CxDesk.Data.Live;
using CxDesk.Web.Feed;
using CxDesk.Web.People;
using Microsoft.AspNetCore.Components;

namespace CxDesk.Web.Live;

/// <summary>A page that shows a live board as it moves, as far as whoever is signed in may see it.</summary>
public abstract class LiveFollower : BoardFollower<LiveFilter, LiveSnapshot>
{
    [Inject] public required LiveFeed Feed { get; set; }
    [Inject] public required CurrentViewer Current { get; set; }

    protected override IAsyncEnumerable<Reading<LiveSnapshot>> Readings(LiveFilter filter, CancellationToken cancel) => Feed.Follow(filter, Current.Get, cancel);
}
