namespace CxDesk.Data.Demo;

/// <summary>Section <c>Demo</c> of the settings.</summary>
public sealed class DemoOptions : ISettings
{
    /// <summary>Fills an empty database with a company at work and keeps it working. Unset: in Development. Never in Production.</summary>
    public bool? Enabled { get; set; }

    /// <summary>How many answers of the last three months there are at the start.</summary>
    public int Answers { get; set; } = 100_000;

    /// <summary>Whether answers go on coming in.</summary>
    public bool Live { get; set; } = true;

    /// <summary>The same seed gives the same company and, relative to the start, the same history.</summary>
    public int Seed { get; set; } = 2026;

    public IEnumerable<string> Faults()
    {
        if (Answers < 0) yield return "Demo:Answers: 0 or more.";
    }
}
