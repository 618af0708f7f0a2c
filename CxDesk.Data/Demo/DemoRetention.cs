using CxDesk.Data.Ingest;

namespace CxDesk.Data.Demo;

/// <summary>Who stayed, week by week in each region and of each product, as a contract system would send it: answers do not tell. Pure but for its random numbers, which come from a seed.</summary>
public static class DemoRetention
{
    // Of those whose contract came up for renewal in a week.
    private const int Renewals = 900;

    public static IEnumerable<IncomingMeasurement> Weeks(int weeks, int seed, DateTimeOffset now)
    {
        var random = new Random(seed);
        for (var week = weeks; week > 0; week--)
            foreach (var region in DemoCast.Regions)
                foreach (var product in DemoCast.Products)
                {
                    var count = (int)(Renewals * region.Share * product.Share * (.8 + random.NextDouble() * .4)) + 1;
                    // Who is content stays; one who waits for long, and the region that slipped, loses some.
                    var loss = .07 - product.Liking * .03 + (product.Code == DemoCast.SlowProduct ? .03 : 0) + (region.Code == DemoCast.SlippedRegion && week <= 2 ? .04 : 0);
                    var left = Enumerable.Range(0, count).Count(_ => random.NextDouble() < loss);
                    var at = now.AddDays(-7 * week + 6);
                    yield return new IncomingMeasurement
                    {
                        ExternalId = FormattableString.Invariant($"retention/{region.Code}/{product.Code}/{at.UtcDateTime:yyyy-MM-dd}"), Source = DemoCast.Source, Measure = "retention",
                        At = at, ReceivedAt = at, Region = region.Code, Product = product.Code, Value = (count - left) / (double)count, Count = count,
                    };
                }
    }
}
