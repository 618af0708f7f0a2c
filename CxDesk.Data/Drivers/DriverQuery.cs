using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Scorecards;

namespace CxDesk.Data.Drivers;

/// <summary>The rated answers that somebody may open. Rows, not sums: whoever may not open an answer gets nothing that rests on it.</summary>
public sealed class DriverQuery(Company company)
{
    /// <summary>Where more answers match, the newest are taken, by whole days.</summary>
    public const int MostAnswers = 100_000;

    private static readonly StatementFamily<Shape> Ratings = new(Shape.All, (_, s) => $"""
        SELECT a.Id AS {nameof(RatingRow.AnswerId)}, a.Csat, a.Nps, r.AttributeId, r.Value
        FROM Answers a
        JOIN AnswerRatings r ON r.AnswerId = a.Id
        WHERE a.RespondedAt >= @from AND a.RespondedAt < @to AND {s.Under}
          {(s.OfProduct ? "AND a.ProductId = @product" : "")} {(s.OfChannel ? "AND a.ChannelId = @channel" : "")}
          {(s.OfSegment ? "AND a.SegmentId = @segment" : "")} AND {RowPolicy.Answers(s.Reach, "a")}
        """);

    private static readonly Statement Attributes = new($"""
        SELECT Id, Code, Name, Minimum AS {nameof(AttributeRow.Lowest)}, Maximum AS {nameof(AttributeRow.Highest)} FROM Attributes ORDER BY Code
        """);

    private static readonly Statement Products = new("SELECT Id, Code, Name FROM Products ORDER BY Name, Code");
    private static readonly Statement Channels = new("SELECT Id, Code, Name FROM Channels ORDER BY Name, Code");
    private static readonly Statement Segments = new("SELECT Id, Code, Name FROM Segments ORDER BY Name, Code");

    // When an answer is written, so is the version of its day.
    private static readonly Statement Versions = new("SELECT COUNT(*) AS Days, COALESCE(SUM(Version), 0) AS Sum FROM RollupDays WHERE Day >= @from AND Day < @to");

    /// <summary>What the page can be narrowed to: units whose answers the viewer may open, products, channels and segments.</summary>
    public static async Task<DriverChoices> Choices(Session session, Viewer viewer)
    {
        var units = await UnitTree.Read(session);
        return new DriverChoices
        {
            Home = Home(viewer, units),
            Units = [.. units.Units.Where(u => u.IsActive && MayOpen(viewer, u, units))],
            Products = await session.Query<DriverChoice>(Products),
            Channels = await session.Query<DriverChoice>(Channels),
            Segments = await session.Query<DriverChoice>(Segments),
            Attributes = [.. (await session.Query<AttributeRow>(Attributes)).Where(a => !DriverOutcomes.Reserved.Contains(a.Code)).Select(a => a.ToAttribute())],
        };
    }

    /// <summary>Changes whenever an answer of these days was written.</summary>
    public static async Task<string> Version(Session session, DateOnly from, DateOnly to)
    {
        var row = await session.Single<VersionRow>(Versions, new { from, to });
        return FormattableString.Invariant($"{row.Days}:{row.Sum}");
    }

    /// <param name="progress">Told the share of days read.</param>
    /// <returns>Null where the unit is none that the viewer may open, or a code is not known.</returns>
    public async Task<DriverAnswers?> Read(Session session, Viewer viewer, DriverFilter filter, IProgress<double>? progress = null)
    {
        var choices = await Choices(session, viewer);
        var unit = filter.Unit is null ? choices.Home : choices.Units.FirstOrDefault(u => u.Code == filter.Unit);
        var (product, channel) = (choices.Products.FirstOrDefault(p => p.Code == filter.Product), choices.Channels.FirstOrDefault(c => c.Code == filter.Channel));
        var segment = choices.Segments.FirstOrDefault(c => c.Code == filter.Segment);
        if ((unit is null && filter.Unit is not null) || (product is null && filter.Product is not null)
            || (channel is null && filter.Channel is not null) || (segment is null && filter.Segment is not null)) return null;

        var all = await session.Query<AttributeRow>(Attributes);
        var outcomeId = all.FirstOrDefault(a => filter.Outcome == DriverOutcome.Repurchase && a.Code == "repurchase")?.Id;
        var place = choices.Attributes.Select((a, j) => (a.Id, j)).ToDictionary(a => a.Id, a => a.j);
        var statement = Ratings[new Shape(viewer.Reach, unit?.Kind ?? UnitKind.Company, product is not null, channel is not null, segment is not null)];
        var (answers, day) = (new List<(double Outcome, double[] Ratings)>(), filter.To);
        while (day > filter.From && answers.Count < MostAnswers)
        {
            day = day.AddDays(-1);
            var rows = await session.Query<RatingRow>(statement, RowPolicy.Parameters(viewer, new
            {
                from = company.StartOf(day), to = company.StartOf(day.AddDays(1)), unit = unit?.Id, product = product?.Id, channel = channel?.Id, segment = segment?.Id,
            }));
            // In one order whatever the engine's: the same answers are to give the same intervals.
            foreach (var answer in rows.GroupBy(r => r.AnswerId).OrderBy(g => g.Key))
                if (Of(answer, filter.Outcome, outcomeId, place) is { } taken) answers.Add(taken);
            progress?.Report((double)(filter.To.DayNumber - day.DayNumber) / (filter.To.DayNumber - filter.From.DayNumber));
        }
        return new DriverAnswers { Attributes = choices.Attributes, Answers = answers, FirstDay = day, Unit = unit };
    }

    private static (double, double[])? Of(IEnumerable<RatingRow> rows, DriverOutcome outcome, int? outcomeId, Dictionary<int, int> place)
    {
        var (ratings, any, first, intent) = (new double[place.Count], false, (RatingRow?)null, (double?)null);
        Array.Fill(ratings, double.NaN);
        foreach (var row in rows)
        {
            first ??= row;
            if (row.AttributeId == outcomeId) intent = row.Value;
            else if (place.TryGetValue(row.AttributeId, out var j)) (ratings[j], any) = (row.Value, true);
        }
        double? said = outcome switch
        {
            DriverOutcome.Csat => first?.Csat,
            DriverOutcome.Nps => first?.Nps,
            DriverOutcome.Repurchase => intent,
        };
        return said is { } value && any ? (value, ratings) : null;
    }

    private static UnitRow? Home(Viewer viewer, UnitTree units) => ScorecardQuery.Home(viewer, units);

    private static bool MayOpen(Viewer viewer, UnitRow unit, UnitTree units) => viewer.Reach switch
    {
        Reach.All => true,
        Reach.None => false,
        Reach.Own => viewer.TeamIds.Contains(unit.Id),
        // The company stands for all of one's units together.
        Reach.Units => unit.Kind == UnitKind.Company || units.PathUp(unit.Id).Any(u => viewer.RegionIds.Contains(u.Id) || viewer.TeamIds.Contains(u.Id)),
    };

    private sealed record Shape(Reach Reach, UnitKind Unit, bool OfProduct, bool OfChannel, bool OfSegment)
    {
        public static readonly IEnumerable<Shape> All =
            from reach in RowPolicy.Reaches
            from unit in Enum.GetValues<UnitKind>()
            from ofProduct in (bool[])[false, true]
            from ofChannel in (bool[])[false, true]
            from ofSegment in (bool[])[false, true]
            select new Shape(reach, unit, ofProduct, ofChannel, ofSegment);

        public string Under => Unit switch
        {
            UnitKind.Company => "1 = 1",
            UnitKind.Region => "a.RegionId = @unit",
            UnitKind.Team => "a.TeamId = @unit",
        };
    }

    private sealed record RatingRow
    {
        public required long AnswerId { get; init; }
        public required int? Csat { get; init; }
        public required int? Nps { get; init; }
        public required int AttributeId { get; init; }
        public required double Value { get; init; }
    }

    private sealed record AttributeRow
    {
        public required int Id { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required double Lowest { get; init; }
        public required double Highest { get; init; }

        public DriverAttribute ToAttribute() => new(Id, Code, Name, Lowest, Highest);
    }

    private sealed record VersionRow
    {
        public required long Days { get; init; }
        public required long Sum { get; init; }
    }
}

/// <summary>What the attributes are weighed for.</summary>
public enum DriverOutcome
{
    /// <summary>Overall satisfaction, 1–5.</summary>
    Csat,

    /// <summary>The likelihood to recommend, 0–10, before it is counted as promoters and detractors.</summary>
    Nps,

    /// <summary>The reserved rating of the intent to buy again.</summary>
    Repurchase,
}

public static class DriverOutcomes
{
    /// <summary>Ratings of intent: what comes of the experience, no part of it.</summary>
    public static readonly IReadOnlySet<string> Reserved = new HashSet<string>(["repurchase", "recommend", "reference"], StringComparer.Ordinal);
}

/// <param name="From">First day, of the company's zone.</param>
/// <param name="To">The day after the last.</param>
public sealed record DriverFilter(DriverOutcome Outcome, DateOnly From, DateOnly To)
{
    /// <summary>Code of a region or team; null where the viewer begins.</summary>
    public string? Unit { get; init; }
    public string? Product { get; init; }
    public string? Channel { get; init; }
    public string? Segment { get; init; }

    /// <summary>Codes of the attributes to weigh, with commas; null for the rule of <see cref="DriverTable.Of"/>.</summary>
    public string? Attributes { get; init; }
}

/// <summary>The answers of a filter.</summary>
public sealed record DriverAnswers
{
    public required IReadOnlyList<DriverAttribute> Attributes { get; init; }

    /// <summary>The outcome, and a rating for each attribute, NaN where there is none.</summary>
    public required IReadOnlyList<(double Outcome, double[] Ratings)> Answers { get; init; }

    /// <summary>The first day that was read: later than asked for where <see cref="DriverQuery.MostAnswers"/> were found before.</summary>
    public required DateOnly FirstDay { get; init; }
    public required UnitRow? Unit { get; init; }
}

public sealed record DriverChoices
{
    /// <summary>Where the viewer begins.</summary>
    public required UnitRow? Home { get; init; }
    public required IReadOnlyList<UnitRow> Units { get; init; }
    public required IReadOnlyList<DriverChoice> Products { get; init; }
    public required IReadOnlyList<DriverChoice> Channels { get; init; }
    public required IReadOnlyList<DriverChoice> Segments { get; init; }
    public required IReadOnlyList<DriverAttribute> Attributes { get; init; }
}

public sealed record DriverChoice
{
    public required int Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
}
