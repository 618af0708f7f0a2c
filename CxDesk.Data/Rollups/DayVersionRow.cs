namespace CxDesk.Data.Rollups;

/// <summary>How often a day was written to. Versions only grow.</summary>
internal sealed record DayVersionRow
{
    public required DateOnly Day { get; init; }
    public required long Version { get; init; }
}

/// <summary>What the versions of a block's days added up to when it was summed.</summary>
internal sealed record BlockVersionRow
{
    public required int Days { get; init; }
    public required DateOnly FromDay { get; init; }
    public required long Version { get; init; }
}
