using CxDesk.Data.Database;

namespace CxDesk.Data.Live;

/// <summary>How long the source of an item may be silent, before a figure whose newest item it is goes grey.</summary>
internal static class LiveSilenceQuery
{
    // Two items of one instant are two sources' at most: the figure is believed as long as either may be silent.
    private static readonly Statement OfAnswer = new("""
        SELECT MAX(s.ExpectedSilenceMinutes) FROM Answers a JOIN Sources s ON s.Id = a.SourceId WHERE a.RespondedAt = @at
        """);

    private static readonly Statement OfMeasurement = new("""
        SELECT MAX(s.ExpectedSilenceMinutes) FROM Measures k JOIN Measurements m ON m.MeasureId = k.Id JOIN Sources s ON s.Id = m.SourceId
        WHERE k.Code = @measure AND m.MeasuredAt = @at
        """);

    /// <param name="measure">Code of the measure; null: of answers.</param>
    public static async Task<TimeSpan?> Read(Session session, DateTimeOffset at, string? measure) =>
        (measure is null ? await session.First<int?>(OfAnswer, new { at }) : await session.First<int?>(OfMeasurement, new { at, measure })) is { } minutes
            ? TimeSpan.FromMinutes(minutes) : null;
}
