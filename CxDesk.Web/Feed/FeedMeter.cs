using System.Diagnostics.Metrics;

namespace CxDesk.Web.Feed;

/// <summary>How many boards are read and how many screens look at them, for whoever watches this process (meter "CxDesk").</summary>
internal static class FeedMeter
{
    private static readonly Meter Meter = new("CxDesk");

    public static readonly UpDownCounter<int> Topics = Meter.CreateUpDownCounter<int>("cxdesk.feed.topics", "{board}", "Boards that are read.");
    public static readonly UpDownCounter<int> Subscribers = Meter.CreateUpDownCounter<int>("cxdesk.feed.subscribers", "{screen}", "Screens and clients that look at a board.");
}
