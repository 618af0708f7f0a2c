using static CxDesk.Data.Scorecards.SuppressionField;

namespace CxDesk.Data.Scorecards;

/// <summary>
/// A value for an unknown of <see cref="SuppressionAudit"/>, drawn once and then kept such that every equation comes to nothing:
/// a combination of unknowns is known where it comes to nothing as well, in both, but for one chance in 2¹²².
/// </summary>
internal readonly record struct SuppressionPrint(ulong A, ulong B)
{
    public static SuppressionPrint Draw(int of) => new(Mix((ulong)of * 2 + 1), Mix((ulong)of * 2 + 2));

    public SuppressionPrint Plus(SuppressionPrint other, ulong times) => new(SuppressionField.Plus(A, Times(other.A, times)), SuppressionField.Plus(B, Times(other.B, times)));

    /// <summary>The same for all multiples.</summary>
    public ulong Ratio => A == 0 ? 0 : Times(B, Inverse(A));

    // SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014): the same numbers each time.
    private static ulong Mix(ulong of)
    {
        var z = of * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (z ^ (z >> 31)) % Prime;
    }
}

/// <summary>Whole numbers modulo the prime 2⁶¹ − 1.</summary>
internal static class SuppressionField
{
    public const ulong Prime = (1UL << 61) - 1;

    public static ulong Plus(ulong a, ulong b) => a + b is var sum && sum >= Prime ? sum - Prime : sum;

    public static ulong Times(ulong a, ulong b) => a == 1 ? b : b == 1 ? a : (ulong)((UInt128)a * b % Prime);

    /// <summary>Fermat: to the power of the prime less two.</summary>
    public static ulong Inverse(ulong a)
    {
        if (a is 1 or Prime - 1) return a;
        var (inverse, power) = (1UL, a);
        for (var left = Prime - 2; left > 0; left >>= 1, power = Times(power, power))
            if ((left & 1) == 1) inverse = Times(inverse, power);
        return inverse;
    }
}
