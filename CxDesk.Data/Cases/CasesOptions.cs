namespace CxDesk.Data.Cases;

/// <summary>Section <c>Cases</c> of the settings.</summary>
public sealed class CasesOptions : ISettings
{
    private static readonly string[] UsualRootCauses =
        ["waitTooLong", "notSolved", "wrongInformation", "manner", "productFault", "billing", "delivery", "expectation", "other"];

    /// <summary>A resolved case closes by itself after so many days.</summary>
    public int CloseAfterDays { get; set; } = 7;

    /// <summary>What may be chosen as the cause when a case is resolved. None given: the usual ones.</summary>
    public string[]? RootCauses { get; set; }

    public IReadOnlyList<string> RootCauseChoices => RootCauses is { Length: > 0 } own ? own : UsualRootCauses;

    public IEnumerable<string> Faults()
    {
        if (CloseAfterDays < 1) yield return "Cases:CloseAfterDays: 1 or more.";
    }
}
