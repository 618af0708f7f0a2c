namespace CxDesk.Data.Walls;

/// <summary>What of a wall changed. Stored by name.</summary>
public enum WallChangeKind { Layout, PageAdded, PageRemoved, PageDwell, TileAdded, TileRemoved, TileChanged, Dwell, Night, Sound, Agents }

/// <param name="Page">From 1; null where it is about the whole wall.</param>
/// <param name="Tile">From 1.</param>
public sealed record WallChange(WallChangeKind Kind, int? Page = null, int? Tile = null)
{
    public override string ToString() => Page is null ? $"{Kind}" : Tile is null ? $"{Kind} {Page}" : $"{Kind} {Page}.{Tile}";
}

/// <summary>How two documents of one wall differ, place by place: who saves second is told what the first one did.</summary>
public static class WallDifference
{
    /// <summary>A document that is null is laid out from the regions.</summary>
    public static IReadOnlyList<WallChange> Between(WallDocument? before, WallDocument? after)
    {
        if (before is null || after is null) return before is null && after is null ? [] : [new(WallChangeKind.Layout)];
        var changes = new List<WallChange>();
        for (var p = 0; p < Math.Max(before.Pages.Count, after.Pages.Count); p++)
        {
            if (p >= before.Pages.Count) changes.Add(new(WallChangeKind.PageAdded, p + 1));
            else if (p >= after.Pages.Count) changes.Add(new(WallChangeKind.PageRemoved, p + 1));
            else Add(changes, before.Pages[p], after.Pages[p], p + 1);
        }
        if (before.DwellSeconds != after.DwellSeconds) changes.Add(new(WallChangeKind.Dwell));
        if (before.Night != after.Night) changes.Add(new(WallChangeKind.Night));
        if (before.HasSound != after.HasSound) changes.Add(new(WallChangeKind.Sound));
        if (before.ShowsAgents != after.ShowsAgents) changes.Add(new(WallChangeKind.Agents));
        return changes;
    }

    private static void Add(List<WallChange> changes, WallPage before, WallPage after, int page)
    {
        if (before.DwellSeconds != after.DwellSeconds) changes.Add(new(WallChangeKind.PageDwell, page));
        for (var t = 0; t < Math.Max(before.Tiles.Count, after.Tiles.Count); t++)
        {
            if (t >= before.Tiles.Count) changes.Add(new(WallChangeKind.TileAdded, page, t + 1));
            else if (t >= after.Tiles.Count) changes.Add(new(WallChangeKind.TileRemoved, page, t + 1));
            else if (before.Tiles[t] != after.Tiles[t]) changes.Add(new(WallChangeKind.TileChanged, page, t + 1));
        }
    }
}
