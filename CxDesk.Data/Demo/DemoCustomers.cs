using CxDesk.Data.Ingest;

namespace CxDesk.Data.Demo;

/// <summary>The customers of the demo: the same number is always the same person. All are made up; mail goes to example.com.</summary>
internal static class DemoCustomers
{
    public static IncomingCustomer Of(DemoRegion region, int number, int seed)
    {
        var random = new Random(Mix(seed, number));
        var business = random.NextDouble() < .12;
        var value = Math.Exp(5.9 + (business ? 1.6 : 0) + Gauss(random) * .8);
        return new IncomingCustomer
        {
            Id = $"K{number:D5}",
            Name = Name(region, random),
            Segment = business ? "business" : random.NextDouble() < .3 ? "family" : "private",
            Value12m = decimal.Round((decimal)value, 2),
            Phone = region.Language == "zh" ? $"+86 21 5555 {random.Next(10000):D4}" : $"+1 202 555 01{random.Next(100):D2}",
            Email = $"k{number:D5}@example.com",
            Language = region.Language,
            NoContact = random.NextDouble() < .01 ? true : null,
        };
    }

    /// <summary>A standard normal number (Box and Muller).</summary>
    public static double Gauss(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static string Name(DemoRegion region, Random random)
    {
        string Any(IReadOnlyList<string> names) => names[random.Next(names.Count)];
        return region.Language == "zh" ? Any(DemoCast.ChineseSurnames) + Any(DemoCast.ChineseNames) : $"{Any(DemoCast.FirstNames)} {Any(DemoCast.LastNames)}";
    }

    // HashCode.Combine differs from run to run.
    private static int Mix(int seed, int number) => unchecked(seed * 486187739 + number * 16777619);
}
