using CxDesk.Data.Database;

namespace CxDesk.Data.Rollups;

/// <summary>Where and when something was counted: the coordinates of the rollups that it goes into.</summary>
/// <param name="Day">A day of the company's zone.</param>
/// <param name="RegionId">0: a measurement without a region; then the team is 0 too.</param>
/// <param name="SegmentId">The customer's, as sent with the answer; null for what was measured without one.</param>
/// <param name="Value12m">What the customer was worth, as sent with the answer.</param>
public readonly record struct Counted(
    DateTimeOffset At, DateOnly Day, int RegionId, int TeamId, int? AgentId, int? ProductId, int? ChannelId,
    int? SegmentId = null, decimal? Value12m = null);

/// <summary>
/// Gathers what a batch adds to the rollups and writes it in the batch's transaction, so that rollups and what they
/// count are never apart. One row for each axis, metric, day, team and key; regions and the company are sums of those.
/// </summary>
public sealed class RollupWriter
{
    private const string Columns = "N, SumX, SumXX, V0, V1, V2, V3, V4, V5, V6, V7, V8, V9, V10, SumValue, NValue";
    private const string Values = "@n, @sumX, @sumXX, @v0, @v1, @v2, @v3, @v4, @v5, @v6, @v7, @v8, @v9, @v10, @sumValue, @nValue";

    private static readonly string[] Parameters =
    [
        "axis", "kind", "metricId", "day", "regionId", "teamId", "keyId",
        "n", "sumX", "sumXX", "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9", "v10", "newestAt", "sumValue", "nValue",
    ];

    private static readonly Statement Insert = new($"""
        INSERT INTO Rollups (Axis, Kind, MetricId, Day, RegionId, TeamId, KeyId, {Columns}, NewestAt)
        VALUES (@axis, @kind, @metricId, @day, @regionId, @teamId, @keyId, {Values}, @newestAt)
        """);

    private static readonly Statement Increase = new("""
        UPDATE Rollups SET N = N + @n, SumX = SumX + @sumX, SumXX = SumXX + @sumXX,
            V0 = V0 + @v0, V1 = V1 + @v1, V2 = V2 + @v2, V3 = V3 + @v3, V4 = V4 + @v4, V5 = V5 + @v5,
            V6 = V6 + @v6, V7 = V7 + @v7, V8 = V8 + @v8, V9 = V9 + @v9, V10 = V10 + @v10, SumValue = SumValue + @sumValue, NValue = NValue + @nValue,
            NewestAt = CASE WHEN NewestAt < @newestAt THEN @newestAt ELSE NewestAt END
        WHERE Axis = @axis AND Kind = @kind AND MetricId = @metricId AND Day = @day
          AND RegionId = @regionId AND TeamId = @teamId AND KeyId = @keyId
        """);

    private static readonly Statement NextVersion = new("UPDATE RollupDays SET Version = Version + 1 WHERE Day = @day");
    private static readonly Statement FirstVersion = new("INSERT INTO RollupDays (Day, Version) VALUES (@day, 1)");

    private readonly Dictionary<RollupKey, RollupDelta> _deltas = [];

    /// <summary>Rows that <see cref="Write"/> is going to touch.</summary>
    public int Rows => _deltas.Count;

    /// <summary>Counts a score, which is a whole number from 0 to 10.</summary>
    public void AddScore(in Counted counted, Metric metric, int score) =>
        Add(counted, RollupKind.Score, (int)metric, score, 1, score);

    /// <summary>Counts a rating. Whole ones from 0 to 10 are counted by value as well.</summary>
    public void AddRating(in Counted counted, int attributeId, double rating) =>
        Add(counted, RollupKind.Rating, attributeId, rating, 1, rating is >= 0 and <= 10 && rating == Math.Floor(rating) ? (int)rating : null);

    /// <summary>
    /// Counts a measurement that is the mean of so many observations: n grows by the count c, Σx by c·v and Σx² by c·v².
    /// What the observations varied by among themselves was not sent, so intervals of such measures are too narrow.
    /// </summary>
    public void AddMeasurement(in Counted counted, int measureId, double value, int observations) =>
        Add(counted, RollupKind.Measure, measureId, value, observations, null);

    /// <summary>Adds everything gathered to the stored rollups, and begins anew.</summary>
    public void Write(Session session)
    {
        var increase = session.Prepare(Increase, Parameters);
        var insert = session.Prepare(Insert, Parameters);
        // In one order, so that writers on two nodes do not lock each other out.
        foreach (var (key, delta) in _deltas.OrderBy(d => d.Key))
            if (Bind(increase, key, delta).Execute() == 0)
                Bind(insert, key, delta).Execute();
        var next = session.Prepare(NextVersion, "day");
        var first = session.Prepare(FirstVersion, "day");
        foreach (var day in _deltas.Keys.Select(key => key.Day).Distinct().Order())
            if (next.Set(day).Execute() == 0)
                first.Set(day).Execute();
        _deltas.Clear();
    }

    private void Add(in Counted c, RollupKind kind, int metricId, double value, long count, int? slot)
    {
        Add(RollupAxis.Team, 0, c);
        if (c.AgentId is { } agent) Add(RollupAxis.Agent, agent, c);
        if (c.ProductId is { } product) Add(RollupAxis.Product, product, c);
        if (c.ChannelId is { } channel) Add(RollupAxis.Channel, channel, c);
        if (c.SegmentId is { } segment) Add(RollupAxis.Segment, segment, c);

        void Add(RollupAxis axis, int keyId, in Counted at)
        {
            var key = new RollupKey(axis, kind, metricId, at.Day, at.RegionId, at.TeamId, keyId);
            if (!_deltas.TryGetValue(key, out var delta)) _deltas[key] = delta = new RollupDelta();
            delta.N += count;
            delta.SumX += count * value;
            delta.SumXX += count * value * value;
            if (slot is { } v) delta.ByValue[v] += count;
            if (delta.NewestAt < at.At) delta.NewestAt = at.At;
            if (at.Value12m is not { } worth) return;
            delta.SumValue += worth;
            delta.NValue++;
        }
    }

    private static PreparedCommand Bind(PreparedCommand command, in RollupKey key, RollupDelta delta)
    {
        command.Set(key.Axis, key.Kind, key.MetricId, key.Day, key.RegionId, key.TeamId, key.KeyId, delta.N, delta.SumX, delta.SumXX);
        for (var v = 0; v < delta.ByValue.Length; v++) command.SetAt(10 + v, delta.ByValue[v]);
        return command.SetAt(21, delta.NewestAt).SetAt(22, delta.SumValue).SetAt(23, delta.NValue);
    }

    private sealed class RollupDelta
    {
        public long N;
        public double SumX, SumXX;
        public decimal SumValue;
        public long NValue;
        public readonly long[] ByValue = new long[11];
        public DateTimeOffset NewestAt;
    }

    private readonly record struct RollupKey(
        RollupAxis Axis, RollupKind Kind, int MetricId, DateOnly Day, int RegionId, int TeamId, int KeyId) : IComparable<RollupKey>
    {
        public int CompareTo(RollupKey other) => Order.CompareTo(other.Order);

        private (int, int, int, DateOnly, int, int, int) Order => ((int)Axis, (int)Kind, MetricId, Day, RegionId, TeamId, KeyId);
    }
}
