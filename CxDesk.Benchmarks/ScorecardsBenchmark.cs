namespace CxDesk.Benchmarks;

internal static class ScorecardsBenchmark
{
    public static async Task Run()
    {
        await ScorecardDatabase.Of();
    }
}
