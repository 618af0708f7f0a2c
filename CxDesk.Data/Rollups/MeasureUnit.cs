namespace CxDesk.Data.Rollups;

/// <summary>What a measure's values are. The numbers are stored.</summary>
public enum MeasureUnit { Number = 0, Seconds = 1, Share = 2 }
