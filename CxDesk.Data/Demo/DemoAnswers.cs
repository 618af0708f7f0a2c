using CxDesk.Data.Ingest;
using NodaTime;

namespace CxDesk.Data.Demo;

/// <summary>
/// Makes up answers with patterns that a reader can find again: hours and weekdays, agents of different skill, a region
/// that slipped last week, a team on the rise, a product whose customers wait, hours in which a
/// team is called more than it can answer, and satisfaction that falls once the wait is over four minutes. Pure but for its random numbers, which come from a seed.
/// </summary>
public sealed class DemoAnswers
{
    /// <summary>How far back history goes.</summary>
    public const int Days = 91;

    private const int Customers = 18_000;
    private const double PatienceSeconds = 240;

    // By hour of the day, local: closed at night but for a few, peaks before noon and in the afternoon.
    private static readonly double[] Hours = [.05, .03, .02, .02, .02, .05, .15, .4, .8, 1.25, 1.4, 1.3, 1, .95, 1.15, 1.3, 1.25, 1.1, .9, .8, .7, .5, .3, .12];

    private readonly DemoOptions _options;
    private readonly DateTimeOffset _start;
    private readonly Random _random;

    // By itself, so that what customers think of single things moves nothing else.
    private readonly Random _tastes;
    private readonly Desk[] _desks;
    private int _number;

    /// <param name="start">Now, when history ends and live answers begin.</param>
    public DemoAnswers(DemoOptions options, DateTimeOffset start)
    {
        (_options, _start, _random, _tastes) = (options, start, new Random(options.Seed), new Random(options.Seed + 7));
        var agent = 0;
        _desks = [.. DemoCast.Regions.Select(region => new Desk(region, DateTimeZoneProviders.Tzdb[region.Zone],
            [.. region.Teams.SelectMany(team => team.Agents.Select(_ => new Staff(team, AgentCode(++agent), DemoCustomers.Gauss(_random) * .35)))]))];
    }

    /// <summary>The agents' codes go through the teams in order.</summary>
    public static string AgentCode(int number) => $"A{number:D3}";

    /// <summary>The answers of history, from the oldest to the newest; none is later than the start.</summary>
    public IEnumerable<IncomingResponse> History()
    {
        var times = new (DateTimeOffset At, int Desk)[_options.Answers];
        // The last hour is busy whatever the clock says, so that a wall looked at for the first time is not empty.
        var rush = Math.Min(_options.Answers / 50, 150);
        for (var i = 0; i < times.Length; i++)
            times[i] = i < rush ? (_start.AddSeconds(-20 - _random.NextDouble() * 3500), OpenDesk(_start)) : AnyTime();
        Array.Sort(times);
        return times.Select(t => Answer(t.At, t.Desk, _start));
    }

    /// <summary>An answer given at a time; where it came from depends on who is at work then.</summary>
    /// <param name="surge">How much longer than usual people wait just now.</param>
    public IncomingResponse At(DateTimeOffset respondedAt, DateTimeOffset receivedAt, double surge = 1) => Answer(respondedAt, OpenDesk(respondedAt), receivedAt, surge);

    private (DateTimeOffset, int) AnyTime()
    {
        while (true)
        {
            var desk = AnyOf(_desks, d => d.Region.Share);
            var zone = _desks[desk].Zone;
            var day = Instant.FromDateTimeOffset(_start).InZone(zone).Date.PlusDays(-_random.Next(Days));
            var busy = day.DayOfWeek switch { IsoDayOfWeek.Saturday => .6, IsoDayOfWeek.Sunday => .4, IsoDayOfWeek.Monday => 1, _ => .9 };
            if (_random.NextDouble() > busy) continue;
            var hour = AnyOf(Hours, h => h);
            var local = day.At(new LocalTime(hour, _random.Next(60), _random.Next(60))).PlusMilliseconds(_random.Next(1000));
            var at = zone.AtLeniently(local).ToDateTimeOffset().ToUniversalTime();
            if (at < _start.AddSeconds(-20)) return (at, desk);
        }
    }

    private int OpenDesk(DateTimeOffset at) => AnyOf(_desks, d => d.Region.Share * Hours[Instant.FromDateTimeOffset(at).InZone(d.Zone).Hour]);

    private IncomingResponse Answer(DateTimeOffset at, int deskNumber, DateTimeOffset latest, double surge = 1)
    {
        var desk = _desks[deskNumber];
        var staff = desk.Staff[_random.Next(desk.Staff.Length)];
        var product = DemoCast.Products[AnyOf(DemoCast.Products, p => p.Share)];
        var channel = staff.Team.Channels[_random.Next(staff.Team.Channels.Length)];
        surge *= Rush(desk, staff.Team, at);
        double? wait = channel switch
        {
            "phone" => product.Wait * surge * Math.Exp(DemoCustomers.Gauss(_random) * .55),
            "chat" => product.Wait * .5 * surge * Math.Exp(DemoCustomers.Gauss(_random) * .5),
            _ => null,
        };
        var mood = Mood(at, desk.Region, staff, product, wait);
        int? csat = Level(mood, -3.95, -2.74, -1.7, .12) + 1;
        int? nps = _random.NextDouble() < .2 ? Level(mood, -5, -4.7, -4.4, -4, -3.6, -3.1, -2.5, -1.6, -.7, .6) : null;
        int? ces = channel is not "store" && _random.NextDouble() < .14 ? Level(mood, -4.8, -4.1, -3.4, -2.5, -1.3, .2) + 1 : null;
        var chinese = desk.Region.Language == "zh" || _random.NextDouble() < .03;
        var commented = _random.NextDouble() < (csat <= 2 ? .75 : csat == 3 ? .4 : .18);
        return new IncomingResponse
        {
            ExternalId = $"d{++_number:D7}",
            Source = DemoCast.Source,
            RespondedAt = at,
            ReceivedAt = Earlier(at.AddSeconds(2 + _random.NextDouble() * 15), latest),
            Channel = channel,
            Touchpoint = DemoCast.Touchpoints[AnyOf(DemoCast.Touchpoints, t => t.Code == "support" ? 3 : 1)].Code,
            Product = product.Code,
            Region = desk.Region.Code,
            Agent = staff.Code,
            Customer = DemoCustomers.Of(desk.Region, deskNumber * Customers / _desks.Length + _random.Next(Customers / _desks.Length), _options.Seed),
            Csat = csat,
            Nps = nps,
            Ces = ces,
            Ratings = _random.NextDouble() < .2 ? Ratings(mood, wait) : IncomingResponse.Nothing,
            Operational = wait is { } seconds ? Operational(seconds) : IncomingResponse.Nothing,
            Comment = commented ? DemoComments.Pick(_random, csat.Value, wait > PatienceSeconds * 1.5, chinese) : null,
            Language = chinese ? "zh" : "en",
        };
    }

    // Now and then, of a working day, a team is called more than it can answer: for some hours everybody waits long.
    private double Rush(Desk desk, DemoTeam team, DateTimeOffset at)
    {
        var local = Instant.FromDateTimeOffset(at).InZone(desk.Zone).LocalDateTime;
        var chance = team.Code.Aggregate((uint)(_options.Seed + local.Date.ToDateOnly().DayNumber), (hash, letter) => (hash ^ letter) * 16777619);
        var begins = 9 + (chance >> 20) % 5;
        return (chance >> 13) % 8 == 0 && local.Hour >= begins && local.Hour < begins + 4 ? 3.2 : 1;
    }

    private double Mood(DateTimeOffset at, DemoRegion region, Staff staff, DemoProduct product, double? wait)
    {
        var daysAgo = (_start - at).TotalDays;
        var mood = staff.Skill + product.Liking;
        if (region.Code == DemoCast.SlippedRegion && daysAgo < 7) mood -= .9;
        if (staff.Team.Code == DemoCast.RisingTeam) mood += .7 - 1.5 * Math.Clamp(daysAgo / Days, 0, 1);
        if (wait > PatienceSeconds) mood -= Math.Min(2.4, (wait.Value - PatienceSeconds) / 60 * .45);
        // Who is angry is angry in every question: most of the noise belongs to the customer, the rest to each question.
        return mood + .85 * Noise();
    }

    /// <summary>How many bounds the mood lies over, with a noise of its own: an ordered choice.</summary>
    private int Level(double mood, params ReadOnlySpan<double> bounds)
    {
        var felt = mood + .53 * Noise();
        var level = 0;
        foreach (var bound in bounds)
            if (felt > bound) level++;
        return level;
    }

    // Logistic.
    private double Noise() => Noise(_random);

    private static double Noise(Random random)
    {
        var u = random.NextDouble();
        return Math.Log((u + 1e-9) / (1 - u + 1e-9));
    }

    // Speed and skill decide, and speed is rated low; courtesy is rated high and decides little; the price neither.
    private Dictionary<string, double> Ratings(double mood, double? wait) => new()
    {
        ["courtesy"] = Level(Taste(mood, .35, .7) + 1.1, -4.2, -3.2, -1.9, .1) + 1,
        ["timeliness"] = Level(mood - .9 - (wait > PatienceSeconds ? 1.2 : 0), -4, -2.9, -1.6, .3) + 1,
        ["skill"] = Level(Taste(mood, 1, .25) + .5, -4.2, -3.1, -1.8, .2) + 1,
        ["repurchase"] = Level(mood, -3.8, -2.8, -1.5, .4) + 1,
        ["recommend"] = Level(mood, -3.6, -2.6, -1.3, .5) + 1,
        ["clarity"] = Tasted(mood, .7, .5, .3),
        ["followup"] = Tasted(mood, .85, .5, -.5),
        ["price"] = Tasted(mood, .3, .9, -.8),
    };

    private double Taste(double mood, double pull, double own) => pull * mood + own * Noise(_tastes);

    private int Tasted(double mood, double pull, double own, double liking)
    {
        var felt = Taste(mood, pull, own) + liking;
        return 1 + ((double[])[-4, -3, -1.7, .2]).Count(bound => felt > bound);
    }

    private Dictionary<string, double> Operational(double wait)
    {
        var measures = new Dictionary<string, double> { ["wait"] = Math.Round(wait) };
        if (_random.NextDouble() < .5) measures["handleTime"] = Math.Round(280 * Math.Exp(DemoCustomers.Gauss(_random) * .4));
        return measures;
    }

    private int AnyOf<T>(IReadOnlyList<T> things, Func<T, double> weight)
    {
        var rest = _random.NextDouble() * things.Sum(weight);
        for (var i = 0; i < things.Count - 1; i++)
            if ((rest -= weight(things[i])) < 0) return i;
        return things.Count - 1;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private sealed record Desk(DemoRegion Region, DateTimeZone Zone, Staff[] Staff);

    private sealed record Staff(DemoTeam Team, string Code, double Skill);
}
