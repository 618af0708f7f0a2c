namespace CxDesk.Benchmarks;

/// <summary>Many delays, counted by tenths of a millisecond: millions of them cost no more than a few.</summary>
internal sealed class Delays
{
    private const int AMillisecond = 10;
    private readonly int[] _counts = new int[60_000 * AMillisecond];

    public long Count => _counts.Sum(count => (long)count);

    public void Add(TimeSpan delay) =>
        Interlocked.Increment(ref _counts[Math.Clamp((int)(delay.TotalMilliseconds * AMillisecond), 0, _counts.Length - 1)]);

    public void Clear() => Array.Clear(_counts);

    /// <summary>The delay that this share of all stays under; zero where there is none.</summary>
    public TimeSpan Under(double share)
    {
        var left = (long)Math.Ceiling(share * Count);
        for (var i = 0; i < _counts.Length; i++)
            if ((left -= _counts[i]) <= 0) return TimeSpan.FromMilliseconds((i + 1.0) / AMillisecond);
        return TimeSpan.Zero;
    }
}
