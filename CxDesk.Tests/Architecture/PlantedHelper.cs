namespace CxDesk.Tests.Architecture;

/// <summary>Breaks the rules on purpose: it proves that they can fail.</summary>
public static class PlantedHelper;
