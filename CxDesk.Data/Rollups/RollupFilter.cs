namespace CxDesk.Data.Rollups;

/// <summary>What figures are broken down by.</summary>
public enum RollupBy { Company, Region, Team, Agent, Product, Channel, Segment }

/// <param name="From">First day, of the company's zone.</param>
/// <param name="To">The day after the last.</param>
public sealed record RollupFilter(RollupBy By, RollupKind Kind, IReadOnlyList<int> MetricIds, DateOnly From, DateOnly To)
{
    public RollupFilter(RollupBy by, Metric metric, DateOnly from, DateOnly to) : this(by, RollupKind.Score, [(int)metric], from, to) { }

    /// <summary>First day of the equally long period before.</summary>
    public DateOnly Before => From.AddDays(From.DayNumber - To.DayNumber);

    /// <summary>Only what was answered in this region.</summary>
    public int? RegionId { get; init; }

    /// <summary>Only what was answered in this team.</summary>
    public int? TeamId { get; init; }

    /// <summary>Only what was answered about this agent.</summary>
    public int? AgentId { get; init; }

    /// <summary>Only what was answered about this product.</summary>
    public int? ProductId { get; init; }

    /// <summary>Only what came in through this channel.</summary>
    public int? ChannelId { get; init; }

    /// <summary>Only what customers of this segment answered.</summary>
    public int? SegmentId { get; init; }

    /// <summary>Whether it is asked how many gave each value, too: not for a mean, which half of what a row holds is nothing to.</summary>
    public bool WithValues { get; init; } = true;

    /// <summary>Whether all that another filter asks for is among what this one finds.</summary>
    public bool Covers(RollupFilter other) =>
        (By, Kind, RegionId, TeamId, AgentId, ProductId, ChannelId, SegmentId) == (other.By, other.Kind, other.RegionId, other.TeamId, other.AgentId, other.ProductId, other.ChannelId, other.SegmentId)
        && From <= other.From && To >= other.To && (WithValues || !other.WithValues) && other.MetricIds.All(MetricIds.Contains);

    /// <summary>What it is narrowed to beside the place.</summary>
    internal IReadOnlyList<(RollupAxis Axis, int Id)> Keys =>
    [
        .. AgentId is { } agent ? new[] { (RollupAxis.Agent, agent) } : [],
        .. ProductId is { } product ? new[] { (RollupAxis.Product, product) } : [],
        .. ChannelId is { } channel ? new[] { (RollupAxis.Channel, channel) } : [],
        .. SegmentId is { } segment ? new[] { (RollupAxis.Segment, segment) } : [],
    ];

    /// <summary>Whether a day's row belongs to what is asked for, among rows of a filter that covers this one.</summary>
    public bool Holds(RollupRow row) => row.Day >= From && row.Day < To && MetricIds.Contains(row.MetricId);
}
