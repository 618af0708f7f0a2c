namespace CxDesk.Data.Cases;

/// <summary>The causes that every company begins with, by their codes; each language has a name for them.</summary>
public static class RootCauses
{
    public static readonly IReadOnlyList<string> Usual =
        ["waitTooLong", "notSolved", "wrongInformation", "manner", "productFault", "billing", "delivery", "expectation", "other"];
}
