namespace CxDesk.Data.Drivers;

/// <summary>
/// Numbers by chance that are the same for the same seed on every machine and in every version: intervals must not move when
/// somebody looks again.
/// </summary>
/// <remarks>SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA (2014).</remarks>
public struct DriverRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>So many draws with replacement from as many rows: how often each was drawn.</summary>
    public void Draw(int rows, Span<byte> counts)
    {
        counts.Clear();
        var drawn = 0;
        // Two a number: its halves are scaled to the rows (Lemire, ACM Transactions on Modeling and Computer Simulation 29, 2019).
        for (; drawn + 2 <= rows; drawn += 2)
        {
            var bits = Next();
            counts[(int)(((bits & 0xFFFFFFFF) * (ulong)rows) >> 32)]++;
            counts[(int)(((bits >> 32) * (ulong)rows) >> 32)]++;
        }
        if (drawn < rows) counts[(int)(((Next() >> 32) * (ulong)rows) >> 32)]++;
    }

    /// <summary>A standard normal number (Box and Muller, Annals of Mathematical Statistics 29, 1958).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(Unit())) * Math.Cos(2 * Math.PI * Unit());

    // In (0, 1].
    private double Unit() => ((Next() >> 11) + 1) * (1.0 / (1UL << 53));
}
