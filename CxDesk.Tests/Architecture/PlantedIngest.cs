namespace CxDesk.Tests.Architecture;

/// <summary>Breaks the rules on purpose: it proves that they can fail.</summary>
public static class PlantedIngest
{
    public static string Statement => "SELECT id\nFROM responses WHERE id = @id";

    public static async Task<object> Draw()
    {
        await Task.CompletedTask;
        return new Planted { Text = null! };
    }
}
