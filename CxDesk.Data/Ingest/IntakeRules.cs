using CxDesk.Data.Database;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Ingest;

/// <summary>What items are held against besides the contract: the present instant, and how codes are set up.</summary>
public sealed class IntakeRules
{
    private static readonly Statement Attributes = new("SELECT Code, Minimum, Maximum FROM Attributes");
    private static readonly Statement Measures = new("SELECT Code, Unit FROM Measures");
    private static readonly (double, double) UsualScale = (1, 5);

    /// <summary>The earliest instant at which anybody can have answered.</summary>
    public static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How far a sender's clock may be ahead of ours.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    public required DateTimeOffset Now { get; init; }

    /// <summary>By attribute, the lowest and the highest rating.</summary>
    public IReadOnlyDictionary<string, (double Lowest, double Highest)> Scales { get; init; } = new Dictionary<string, (double, double)>();

    public IReadOnlyDictionary<string, MeasureUnit> Units { get; init; } = new Dictionary<string, MeasureUnit>();

    /// <summary>As the codes are set up now.</summary>
    public static Task<IntakeRules> Read(Db db, CancellationToken cancel = default) => db.Read(async s => new IntakeRules
    {
        Now = s.Now,
        Scales = (await s.Query<ScaleRow>(Attributes)).ToDictionary(r => r.Code, r => (r.Minimum, r.Maximum)),
        Units = (await s.Query<UnitRow>(Measures)).ToDictionary(r => r.Code, r => r.Unit),
    }, cancel);

    public (double Lowest, double Highest) ScaleOf(string attribute) => Scales.GetValueOrDefault(attribute, UsualScale);

    public MeasureUnit UnitOf(string measure) => Units.GetValueOrDefault(measure);

    private sealed record ScaleRow
    {
        public required string Code { get; init; }
        public required double Minimum { get; init; }
        public required double Maximum { get; init; }
    }

    private sealed record UnitRow
    {
        public required string Code { get; init; }
        public required MeasureUnit Unit { get; init; }
    }
}
