using System.Globalization;

namespace CxDesk.Benchmarks;

/// <summary>Six tiles whose figures change at a steady rate: made once for all circuits, with nothing left to them but to draw.</summary>
internal sealed class BareTiles
{
    private static readonly string[] Names = ["Satisfaction", "Region 0", "Region 1", "Region 2", "Region 3", "Cases"];
    private static readonly string Line = string.Join(' ', Enumerable.Range(0, 6).Select(day => string.Create(CultureInfo.InvariantCulture, $"{day * 16.7:0.#},{8 + day % 3 * 2.4:0.#}")));

    public IReadOnlyList<BareTile> Now { get; private set; } = Of(0);

    public event Action? Changed;

    public void Begin(double hertz)
    {
        _ = Task.Run(async () =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1 / hertz));
            for (var i = 1; await timer.WaitForNextTickAsync(); i++)
            {
                Now = Of(i);
                Changed?.Invoke();
            }
        });
    }

    private static IReadOnlyList<BareTile> Of(int i) => [.. Names.Select((name, tile) => new BareTile(
        name, Text($"{4 + (i + tile) % 100 / 100.0:0.00}"), Text($"{4 + (i + tile) % 90 / 100.0:0.00} – {4 + (i + tile) % 99 / 100.0:0.00}"), Text($"n {5_000 + i * 50 + tile:N0}"),
        Text($"{Line} 100,{i % 20:0.0}"), Text($"M100,{i % 20:0.0} l0.01,0")))];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

internal sealed record BareTile(string Name, string Figure, string Interval, string N, string Points, string Last);
