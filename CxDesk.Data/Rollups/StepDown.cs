namespace CxDesk.Data.Rollups;

/// <summary>What remains certain where many were looked at: of a hundred that did not change, five changed "for certain" one by one. Pure.</summary>
public static class StepDown
{
    /// <summary>
    /// Chances adjusted by Holm's step-down: of m chances in rising order, p̃₍ᵢ₎ = max over j ≤ i of min(1, (m − j + 1)·p₍ⱼ₎). Whatever
    /// is under α then is named falsely, all together, with a probability of at most α, however the many hang together.
    /// </summary>
    /// <remarks>Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979).</remarks>
    /// <param name="chances">0 to 1, each as if it had been the only one.</param>
    /// <returns>In the same order.</returns>
    public static IReadOnlyList<double> Holm(IReadOnlyList<double> chances)
    {
        var adjusted = new double[chances.Count];
        var most = 0.0;
        foreach (var (rank, of) in Enumerable.Range(0, chances.Count).OrderBy(i => chances[i]).Index())
            adjusted[of] = most = Math.Max(most, Math.Min(1, (chances.Count - rank) * chances[of]));
        return adjusted;
    }
}
