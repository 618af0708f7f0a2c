namespace CxDesk.Data.People;

/// <summary>The levels of the hierarchy. The numbers are stored.</summary>
public enum UnitKind { Company = 1, Region = 2, Team = 3 }
