namespace CxDesk.Data.Drivers;

/// <summary>An attribute that was rated.</summary>
/// <param name="Lowest">Lower end of its scale.</param>
/// <param name="Highest">Upper end.</param>
public sealed record DriverAttribute(int Id, string Code, string Name, double Lowest, double Highest);

/// <summary>An attribute that is no part of the calculation, since too few answers rate it.</summary>
/// <param name="Rated">Answers with the outcome that rate it.</param>
public sealed record LeftOut(DriverAttribute Attribute, int Rated);

/// <summary>The answers that a calculation rests on: those with the outcome and a rating of every attribute taken in.</summary>
public sealed record DriverTable
{
    public required IReadOnlyList<DriverAttribute> Attributes { get; init; }

    /// <summary>By attribute, then by answer.</summary>
    public required IReadOnlyList<double[]> Ratings { get; init; }
    public required double[] Outcome { get; init; }

    /// <summary>Answers that have the outcome and any rating.</summary>
    public required int Rated { get; init; }
    public required IReadOnlyList<LeftOut> LeftOut { get; init; }

    public int N => Outcome.Length;

    /// <summary>
    /// Takes in whole answers only. An attribute that is rated less than half as often as the one rated most is left out,
    /// since it would cost most of the answers; unless attributes were chosen: then those are taken, and no other.
    /// </summary>
    /// <param name="answers">The outcome, and a rating for each attribute, NaN where there is none.</param>
    /// <param name="chosen">Codes; null for the rule.</param>
    public static DriverTable Of(IReadOnlyList<DriverAttribute> attributes, IReadOnlyList<(double Outcome, double[] Ratings)> answers, IReadOnlyCollection<string>? chosen = null)
    {
        var rated = attributes.Select((_, j) => answers.Count(a => !double.IsNaN(a.Ratings[j]))).ToList();
        var most = rated.DefaultIfEmpty(0).Max();
        var taken = Enumerable.Range(0, attributes.Count)
            .Where(j => chosen is null ? rated[j] > 0 && rated[j] * 2 >= most : chosen.Contains(attributes[j].Code)).ToList();
        var whole = answers.Where(a => taken.TrueForAll(j => !double.IsNaN(a.Ratings[j]))).ToList();
        return new DriverTable
        {
            Attributes = [.. taken.Select(j => attributes[j])],
            Ratings = [.. taken.Select(j => whole.Select(a => a.Ratings[j]).ToArray())],
            Outcome = [.. whole.Select(a => a.Outcome)],
            Rated = answers.Count,
            LeftOut = [.. Enumerable.Range(0, attributes.Count).Where(j => rated[j] > 0 && !taken.Contains(j)).Select(j => new LeftOut(attributes[j], rated[j]))],
        };
    }
}
