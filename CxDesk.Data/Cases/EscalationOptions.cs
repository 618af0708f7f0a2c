namespace CxDesk.Data.Cases;

/// <summary>Section <c>Escalation</c> of the settings.</summary>
public sealed class EscalationOptions : ISettings
{
    /// <summary>Business hours between two levels of the hierarchy, after the first at the deadline.</summary>
    public int StepHours { get; set; } = 4;

    public IEnumerable<string> Faults()
    {
        if (StepHours is < 1 or > 1000) yield return "Escalation:StepHours: 1 to 1000.";
    }
}
