namespace CxDesk.Data.Cases;

/// <summary>Section <c>Cases</c> of the settings.</summary>
public sealed class CasesOptions : ISettings
{
    /// <summary>A resolved case closes by itself after so many days.</summary>
    public int CloseAfterDays { get; set; } = 7;

    public IEnumerable<string> Faults()
    {
        if (CloseAfterDays < 1) yield return "Cases:CloseAfterDays: 1 or more.";
    }
}
